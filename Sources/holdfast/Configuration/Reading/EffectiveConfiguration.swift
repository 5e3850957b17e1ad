internal import RelayCore

/// A configuration without problems, and the whole of it as settings for people to read: defaults
/// filled in, secrets never present (the reader has put `***` in their place).
struct EffectiveConfiguration: Sendable {
    let configuration: Configuration
    private let shown: JSONValue

    init(configuration: Configuration, shown: JSONValue) {
        self.configuration = configuration
        self.shown = shown
    }

    func render() -> String {
        String(decoding: shown.prettyPrinted(), as: UTF8.self) + "\n"
    }
}
