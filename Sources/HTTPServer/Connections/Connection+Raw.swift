import CMicroHTTPD
import Glibc
import Synchronization

/// Answers that the handler writes itself, from whatever thread.
///
/// While the handler has the request the library does not touch the socket, and closes it only
/// after an answer; both are judged under the slot's lock, which is held across system calls that
/// never block. So the descriptor is open and nobody else's bytes are under way.
extension Connection {
    /// How many of the bytes the socket took; nil when this exchange has nothing more to say.
    func sendRaw(_ bytes: ArraySlice<UInt8>, generation: UInt64) -> Int? {
        slot.withLock { slot in
            guard slot.generation == generation, slot.step.isOpen else { return nil }
            slot.isRaw = true
            // In a TLS stream they would be no bytes of ours but a broken record.
            if loop.isTLS {
                answer(.close(isReset: false), in: &slot)
                return nil
            }
            switch SystemCall.send(bytes, to: descriptor) {
            case .value(let count): return count
            case .wouldBlock: return 0
            case .failed:
                answer(.close(isReset: false), in: &slot)
                return nil
            }
        }
    }

    func cut(reset: Bool, generation: UInt64) {
        slot.withLock { slot in
            guard slot.generation == generation, slot.step.isOpen else { return }
            slot.isRaw = true
            if reset { SystemCall.reset(descriptor) }
            answer(.close(isReset: reset), in: &slot)
        }
    }

    func hasPeer(generation: UInt64) -> Bool {
        slot.withLock { slot in
            guard slot.generation == generation, slot.step.isOpen else { return false }
            return SystemCall.hasPeer(descriptor)
        }
    }
}
