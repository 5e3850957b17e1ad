import FoundationEssentials
package import RelayCore
import Synchronization

/// One line per decision, on standard error, with identifiers and never with payloads.
package final class Log: Sendable {
    package typealias Fields = KeyValuePairs<String, LogValue>

    private let level: LogLevel
    private let format: LogFormat
    private let clock: any Clock
    private let write: @Sendable ([UInt8]) -> Void
    /// Lines are whole: one writer at a time.
    private let lock = Mutex(())

    package init(
        level: LogLevel, format: LogFormat, clock: any Clock,
        write: @escaping @Sendable ([UInt8]) -> Void
    ) {
        self.level = level
        self.format = format
        self.clock = clock
        self.write = write
    }

    /// For whoever would make many lines that nobody asked for.
    package func writes(_ level: LogLevel) -> Bool { level >= self.level }

    package func debug(_ message: String, _ fields: Fields = [:]) { line(.debug, message, fields) }
    package func info(_ message: String, _ fields: Fields = [:]) { line(.info, message, fields) }
    package func warning(_ message: String, _ fields: Fields = [:]) {
        line(.warning, message, fields)
    }
    package func error(_ message: String, _ fields: Fields = [:]) { line(.error, message, fields) }

    private func line(_ level: LogLevel, _ message: String, _ fields: Fields) {
        guard writes(level) else { return }
        let bytes = Log.bytes(format, clock.now, level, message, fields)
        lock.withLock { _ in write(bytes) }
    }

    static func bytes(
        _ format: LogFormat, _ now: Timestamp, _ level: LogLevel, _ message: String,
        _ fields: Fields
    ) -> [UInt8] {
        var text =
            switch format {
            case .text: Log.text(now, level, message, fields)
            case .json: Log.json(now, level, message, fields)
            }
        text.append("\n")
        return Array(text.utf8)
    }

    private static func text(
        _ now: Timestamp, _ level: LogLevel, _ message: String, _ fields: Fields
    ) -> String {
        var line = "\(now) \(level.rawValue) \(LogText.plain(message))"
        for (key, value) in fields { line += " \(key)=\(LogText.logfmt(value))" }
        return line
    }

    private static func json(
        _ now: Timestamp, _ level: LogLevel, _ message: String, _ fields: Fields
    ) -> String {
        var line = "{\"time\":\"\(now)\",\"level\":\"\(level.rawValue)\","
        line += "\"message\":\(LogText.quoted(message))"
        for (key, value) in fields {
            line += ",\"\(key)\":"
            switch value {
            case .number(let number): line += String(number)
            case .text(let text): line += LogText.quoted(text)
            }
        }
        return line + "}"
    }
}
