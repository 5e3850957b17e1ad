import RelayStore

/// Where the next page of a listing begins, as a word that a client hands back unread.
enum PageMark {
    static func text(_ key: DeliveryKey) -> String { "\(key.sequence)-\(key.destination)" }

    static func key(_ text: String) -> DeliveryKey? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let sequence = Int64(parts[0]), let number = Int64(parts[1]) else {
            return nil
        }
        let key = DeliveryKey(sequence: sequence, destination: number)
        return PageMark.text(key).utf8.elementsEqual(text.utf8) ? key : nil
    }
}
