/// A bug put in on purpose, to see whether the checks notice it.
enum Plant: Sendable, CaseIterable {
    /// The sender is told "stored" before the commit is.
    case answersEarly
    case synchronousOff
    case synchronousNormal
    /// A finish that does not ask whether its row still is as claimed.
    case noFinishGuard
    case diskIgnoresSyncs
    case diskIgnoresDirectorySyncs
}
