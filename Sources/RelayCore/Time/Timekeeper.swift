/// A clock that also runs work: "later" is a matter of time as much as "now" is. The runtime's
/// keeps real queues and timers; the simulation's runs every queue of a process on one thread, in
/// an order of its own choosing, and moves time itself.
package protocol Timekeeper: Clock {
    /// A serial queue of its own. The label is for debuggers.
    func queue(_ label: String, _ urgency: WorkUrgency) -> any WorkQueue
}
