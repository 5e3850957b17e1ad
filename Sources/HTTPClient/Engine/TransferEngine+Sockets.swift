import CCurl
import Dispatch
import Glibc

// What curl asks for from inside `curl_multi_*`: these functions note and switch, and never call
// curl themselves.
//
// Who closes a descriptor matters, because a source must be gone from epoll before its number is
// used again. Connections are opened and closed through our callbacks, so their watch closes them
// after the last source's cancellation. The resolver's descriptors are opened and closed by curl
// alone; of those a duplicate is watched.
extension TransferEngine {
    /// Valid from `init` to the end of `close`; see the type.
    var opaqueSelf: UnsafeMutableRawPointer {
        unsafe Unmanaged.passUnretained(self).toOpaque()
    }

    func installCallbacks() {
        guard let multi = unsafe multi else { return }
        unsafe holdfast_multi_set_pointer(multi, CURLMOPT_SOCKETDATA, opaqueSelf)
        unsafe holdfast_multi_set_socket_callback(multi, CURLMOPT_SOCKETFUNCTION) {
            _, descriptor, what, owner, _ in
            unsafe TransferEngine.of(owner)?.curlWatches(descriptor, what)
            return 0
        }
        unsafe holdfast_multi_set_pointer(multi, CURLMOPT_TIMERDATA, opaqueSelf)
        unsafe holdfast_multi_set_timer_callback(multi, CURLMOPT_TIMERFUNCTION) {
            _, timeoutMs, owner in
            unsafe TransferEngine.of(owner)?.timer.want(inMs: timeoutMs)
            return 0
        }
        unsafe holdfast_multi_set_long(multi, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX)
    }

    static func of(_ owner: UnsafeMutableRawPointer?) -> TransferEngine? {
        guard let owner = unsafe owner else { return nil }
        return unsafe Unmanaged<TransferEngine>.fromOpaque(owner).takeUnretainedValue()
    }

    /// Curl opens a connection's socket here.
    func openSocket(family: Int32, type: Int32, protocol number: Int32) -> Int32 {
        let descriptor = socket(family, type | Int32(SOCK_CLOEXEC.rawValue), number)
        guard descriptor >= 0 else { return descriptor }
        precondition(sockets[descriptor] == nil, "a closed socket is still watched")
        sockets[descriptor] = watch(descriptor, watched: descriptor)
        return descriptor
    }

    /// Curl gives a connection's socket back here.
    func closeSocket(_ descriptor: Int32) {
        if let socket = sockets.removeValue(forKey: descriptor) {
            socket.retire()
        } else {
            Glibc.close(descriptor)
        }
    }

    private func curlWatches(_ descriptor: Int32, _ what: Int32) {
        guard what != CURL_POLL_REMOVE else { return curlForgets(descriptor) }
        guard let socket = sockets[descriptor] ?? adopt(descriptor) else { return }
        socket.want(
            read: what & CURL_POLL_IN != 0, write: what & CURL_POLL_OUT != 0)
    }

    private func curlForgets(_ descriptor: Int32) {
        guard let socket = sockets[descriptor] else { return }
        if socket.isForeign {
            sockets[descriptor] = nil
            socket.retire()
        } else {
            socket.want(read: false, write: false)
        }
    }

    /// Out of descriptors the resolver goes unwatched; curl looks after it by its timer as well.
    private func adopt(_ descriptor: Int32) -> SocketWatch? {
        let duplicate = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
        guard duplicate >= 0 else { return nil }
        let socket = watch(descriptor, watched: duplicate)
        sockets[descriptor] = socket
        return socket
    }

    private func watch(_ descriptor: Int32, watched: Int32) -> SocketWatch {
        openSockets.enter()
        return SocketWatch(descriptor, watched: watched, queue: queue) { [self] mask in
            turn {
                guard let multi = unsafe multi else { return }
                var running: Int32 = 0
                unsafe curl_multi_socket_action(multi, descriptor, mask, &running)
            }
        } onClosed: { [openSockets] in
            openSockets.leave()
        }
    }
}
