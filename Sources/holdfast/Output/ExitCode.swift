/// What the process says to whoever started it.
enum ExitCode: Int32, Sendable {
    case done = 0
    /// It could not be done, or a check failed.
    case failed = 1
    /// Wrong usage or configuration.
    case usage = 2
    case nothingMatched = 3
}
