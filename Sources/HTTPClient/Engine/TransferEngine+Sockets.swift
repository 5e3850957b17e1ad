import CCurl
import Dispatch
import Glibc

// What curl asks for from inside `curl_multi_*`: these functions note and switch, and never call
// curl themselves.
//
// Curl closes a socket through our callback once its connection stands, TLS included; before that,
// and for the resolver's sockets, 7.88 closes without a word. So a socket that curl has forgotten
// and not wanted again by the end of the turn is looked at once.
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
        guard let socket = watch(descriptor, isConnection: true) else {
            Glibc.close(descriptor)
            return -1
        }
        // What was here has been closed without a word.
        sockets.updateValue(socket, forKey: descriptor)?.retire()
        return descriptor
    }

    /// Curl gives a connection's socket back here.
    func closeSocket(_ descriptor: Int32) {
        sockets.removeValue(forKey: descriptor)?.retire()
        Glibc.close(descriptor)
    }

    /// At the end of a turn.
    func dropStaleSockets() {
        guard !forgotten.isEmpty else { return }
        for descriptor in forgotten {
            guard let socket = sockets[descriptor], !socket.isWanted, socket.isStale else {
                continue
            }
            sockets[descriptor] = nil
            socket.retire()
        }
        forgotten.removeAll(keepingCapacity: true)
    }

    private func curlWatches(_ descriptor: Int32, _ what: Int32) {
        guard what != CURL_POLL_REMOVE else { return curlForgets(descriptor) }
        if let socket = sockets[descriptor], !socket.isWanted, socket.isStale {
            sockets[descriptor] = nil
            socket.retire()
        }
        guard let socket = sockets[descriptor] ?? adopt(descriptor) else { return }
        socket.want(
            read: what & CURL_POLL_IN != 0, write: what & CURL_POLL_OUT != 0)
    }

    private func curlForgets(_ descriptor: Int32) {
        guard let socket = sockets[descriptor] else { return }
        if socket.isConnection {
            socket.want(read: false, write: false)
            forgotten.append(descriptor)
        } else {
            sockets[descriptor] = nil
            socket.retire()
        }
    }

    /// Out of descriptors the resolver goes unwatched; curl looks after it by its timer as well.
    private func adopt(_ descriptor: Int32) -> SocketWatch? {
        let socket = watch(descriptor, isConnection: false)
        sockets[descriptor] = socket
        return socket
    }

    private func watch(_ descriptor: Int32, isConnection: Bool) -> SocketWatch? {
        let socket = SocketWatch(descriptor, isConnection: isConnection, queue: queue) {
            [self] mask in
            turn {
                guard let multi = unsafe multi else { return }
                var running: Int32 = 0
                unsafe curl_multi_socket_action(multi, descriptor, mask, &running)
            }
        } onClosed: { [openSockets] in
            openSockets.leave()
        }
        if socket != nil { openSockets.enter() }
        return socket
    }
}
