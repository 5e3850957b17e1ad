internal import RelayCore

struct LogSettings: Sendable, Equatable {
    enum Level: String, Sendable, CaseIterable {
        case debug, info, warning, error
    }

    enum Format: String, Sendable, CaseIterable {
        /// Text on a terminal, JSON otherwise.
        case auto
        case text, json
    }

    let level: Level
    let format: Format

    init(_ reader: ObjectReader) {
        level = reader.value("level", .choice(), default: "info")
        format = reader.value("format", .choice(), default: "auto")
    }
}
