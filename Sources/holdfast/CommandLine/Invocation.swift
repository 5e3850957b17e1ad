/// A command line that fits the command's description.
struct Invocation: Sendable, Equatable {
    let command: String
    let options: [String: [String]]
    let arguments: [String]

    func has(_ option: String) -> Bool { options[option] != nil }

    /// Of an option that may be given once.
    func value(_ option: String) -> String? { options[option]?.first }

    func values(_ option: String) -> [String] { options[option] ?? [] }

    func argument(_ index: Int) -> String? {
        arguments.indices.contains(index) ? arguments[index] : nil
    }
}
