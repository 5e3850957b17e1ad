/// How much one transaction of a long change may hold: a running relay waits no longer than for
/// one of its own groups.
package enum StepLimits {
    package static let rows = 200
    /// Of bodies that are rewritten or taken out.
    package static let bytes = 4 * 1_048_576
    /// For readers, before the log is cut.
    static let logWaitMs = 20
    /// Free pages given back to the file system at a time.
    static let pages = 512
}
