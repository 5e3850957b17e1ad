/// A broken rule, where it is broken, and what to do instead.
struct Violation: Sendable, Equatable, CustomStringConvertible {
    let path: String
    let line: Int
    let message: String

    var description: String { "\(path):\(line): \(message)" }
}
