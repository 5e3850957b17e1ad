/// Goes off once, when the time has come. Touched on its queue alone.
package protocol Alarm: AnyObject {
    /// Replaces what was set before; nil: never.
    func set(afterNs: UInt64?)
    func cancel()
}
