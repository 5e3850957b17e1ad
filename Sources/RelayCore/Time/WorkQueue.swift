/// Runs pieces of work one after the other, in the order in which they were asked for.
package protocol WorkQueue: AnyObject, Sendable {
    func async(_ work: @escaping @Sendable () -> Void)
    /// Not before that much monotonic time has passed.
    func async(afterMs: Int, _ work: @escaping @Sendable () -> Void)
    /// Returns when the work is done, and what was asked for before it. Never from the queue.
    func sync<Result>(_ work: () throws -> Result) rethrows -> Result
    /// Something to be done on this queue, once for each time that it is set.
    func alarm(_ work: @escaping @Sendable () -> Void) -> any Alarm
    /// Ends the process when called from anywhere else.
    func assertIsCurrent()
}
