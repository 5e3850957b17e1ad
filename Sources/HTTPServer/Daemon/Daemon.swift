import CMicroHTTPD
import Glibc

/// The library's daemon, driven from outside: nothing happens but in these calls, all of which
/// belong to the one thread of the event loop that owns it.
///
/// Why not the library's own threads: suspending and resuming take its daemon lock and write to its
/// wake-up channel once an answer; with answers from another thread the profile showed both threads
/// waiting for that lock. On one thread it is never contended, and one wake-up carries many
/// answers.
// Sendable: made on one thread, then handed once to the thread that drives it.
@safe
struct Daemon: @unchecked Sendable {
    private let pointer: OpaquePointer
    private let events: Int32

    /// The pointer comes from a successful start and is valid until `stop`.
    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
        events = unsafe holdfast_events_descriptor(pointer)
    }

    /// Takes over the descriptor in any case; false when it was closed.
    func add(_ newcomer: Newcomer) -> Bool {
        var storage = newcomer.address
        let length =
            switch Int32(storage.ss_family) {
            case AF_INET6: MemoryLayout<sockaddr_in6>.size
            case AF_INET: MemoryLayout<sockaddr_in>.size
            default: MemoryLayout<sa_family_t>.size
            }
        return unsafe SystemCall.withSocketAddress(&storage) { address in
            unsafe MHD_add_connection(
                pointer, newcomer.descriptor, address, socklen_t(length)) == .YES
        }
    }

    func resume(_ connection: Connection) {
        unsafe MHD_resume_connection(connection.handle)
    }

    /// Does all that is ready; true when there is more to do at once.
    func run() -> Bool {
        _ = unsafe MHD_run(pointer)
        var timeoutMs: UInt64 = 0
        return unsafe MHD_get_timeout(pointer, &timeoutMs) == .YES && timeoutMs == 0
    }

    /// Sleeps until the network or another thread has something.
    func wait(_ wake: WakeDescriptor) {
        var waits = [
            pollfd(fd: events, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        _ = unsafe waits.withUnsafeMutableBufferPointer { waits in
            SystemCall.retrying { unsafe Int(poll(waits.baseAddress, nfds_t(waits.count), -1)) }
        }
        if waits[1].revents != 0 { wake.clear() }
    }

    /// Closes every connection. None may be suspended.
    func stop() {
        unsafe MHD_stop_daemon(pointer)
    }
}
