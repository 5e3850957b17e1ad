/// Gives a closure an address that C can carry. The connection holds the box for as long as SQLite
/// knows the address, which is what keeps the pointer alive.
final class CallbackBox<Callback> {
    let callback: Callback

    init(_ callback: Callback) { self.callback = callback }

    var context: UnsafeMutableRawPointer {
        unsafe Unmanaged.passUnretained(self).toOpaque()
    }

    static func from(_ context: UnsafeMutableRawPointer?) -> CallbackBox<Callback> {
        guard let context = unsafe context else {
            preconditionFailure("callback without its context")
        }
        return unsafe Unmanaged<CallbackBox<Callback>>.fromOpaque(context).takeUnretainedValue()
    }
}
