/// Somebody who waits for the commit that holds his event. Called once, on the writer's queue:
/// it must hand over and return.
package protocol AcceptWaiter: AnyObject, Sendable {
    func finished(_ acceptance: Acceptance)
}
