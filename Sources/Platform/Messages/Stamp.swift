import RelayCore

/// The relay's own words in a message, written as members that follow the sender's last one.
///
/// A body that already has a member of that name keeps it; ours comes last, and the last counts
/// for the readers that matter (Platform's is Jackson). So a sender cannot choose the `_id`.
enum Stamp {
    /// `"holdfast":{…}`, for raw bodies.
    static func member(for message: OutgoingMessage) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(144 + message.source.utf8.count + message.hook.utf8.count)
        bytes.append(contentsOf: #""holdfast":{"_id":""#.utf8)
        bytes.append(contentsOf: message.id.utf8)
        bytes.append(contentsOf: #"","timestamp":""#.utf8)
        bytes.append(contentsOf: message.receivedAt.description.utf8)
        bytes.append(contentsOf: #"","source":"#.utf8)
        JSONBytes.appendString(message.source, to: &bytes)
        bytes.append(contentsOf: #","hook":"#.utf8)
        JSONBytes.appendString(message.hook, to: &bytes)
        bytes.append(contentsOf: #","attempt":"#.utf8)
        bytes.append(contentsOf: String(message.attempt).utf8)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// `"_id":…,"timestamp":…` as far as an XDM entity lacks them. The schema forbids foreign
    /// members, so nothing else can be added; a sender's own `_id` is as stable as its stored body
    /// and stays. An empty one would make all events one event to Profile: it counts as absent.
    static func entityMembers(for message: OutgoingMessage) -> [UInt8] {
        var bytes: [UInt8] = []
        if isBlank("_id", in: message.body) {
            bytes.append(contentsOf: #""_id":""#.utf8)
            bytes.append(contentsOf: message.id.utf8)
            bytes.append(JSONBytes.quote)
        }
        if isBlank("timestamp", in: message.body) {
            if !bytes.isEmpty { bytes.append(JSONBytes.comma) }
            bytes.append(contentsOf: #""timestamp":""#.utf8)
            bytes.append(contentsOf: message.receivedAt.description.utf8)
            bytes.append(JSONBytes.quote)
        }
        return bytes
    }

    private static func isBlank(_ key: String, in body: [UInt8]) -> Bool {
        let found = JSONScanner.scan(body, extracting: JSONPointer(tokens: [key])).extracted
        return found.map { $0.allSatisfy(\.isWhitespace) } ?? true
    }
}
