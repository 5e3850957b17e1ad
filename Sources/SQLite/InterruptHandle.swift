import CSQLite
import Synchronization

/// Stops whatever runs on a connection, from any thread. After the connection's end it does
/// nothing.
package final class InterruptHandle: Sendable {
    /// The address of the C handle, 0 once the connection is closed. `close` waits for the lock, so
    /// the address is good for as long as the lock is held.
    private let address: Mutex<UInt>

    init(_ database: OpaquePointer) {
        address = Mutex(UInt(bitPattern: database))
    }

    /// The running statements fail with `isInterrupt`; with none running nothing happens.
    package func interrupt() {
        address.withLock { address in
            guard let database = unsafe OpaquePointer(bitPattern: address) else { return }
            unsafe sqlite3_interrupt(database)
        }
    }

    func detach() {
        address.withLock { $0 = 0 }
    }
}
