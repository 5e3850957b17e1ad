import CCurl
import Glibc

// The callbacks of one easy handle. Their pointers: this transfer for the data (see the type), the
// engine for the sockets, because a connection outlives the transfer that opened it.
extension Transfer {
    @unsafe func installCallbacks(socketOwner: UnsafeMutableRawPointer) {
        let itself = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe easy.set(CURLOPT_PRIVATE, pointer: itself)
        unsafe easy.set(CURLOPT_WRITEDATA, pointer: itself)
        unsafe easy.set(CURLOPT_HEADERDATA, pointer: itself)
        unsafe easy.set(CURLOPT_OPENSOCKETDATA, pointer: socketOwner)
        unsafe easy.set(CURLOPT_CLOSESOCKETDATA, pointer: socketOwner)
        installDataCallbacks()
        installSocketCallbacks()
    }

    static func of(_ easy: UnsafeMutableRawPointer?) -> Transfer? {
        var value: UnsafeMutablePointer<CChar>?
        guard let easy = unsafe easy else { return nil }
        unsafe holdfast_easy_get_string(easy, CURLINFO_PRIVATE, &value)
        return unsafe Transfer.at(UnsafeMutableRawPointer(value))
    }

    private static func at(_ pointer: UnsafeMutableRawPointer?) -> Transfer? {
        guard let pointer = unsafe pointer else { return nil }
        return unsafe Unmanaged<Transfer>.fromOpaque(pointer).takeUnretainedValue()
    }

    private func installDataCallbacks() {
        // Taking fewer bytes than offered ends the transfer with a write error.
        let onBody: curl_write_callback = { bytes, size, count, owner in
            let data = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            guard let transfer = unsafe Transfer.at(owner) else { return 0 }
            return unsafe transfer.answer.takeBody(data) ? data.count : 0
        }
        let onHeader: curl_write_callback = { bytes, size, count, owner in
            let data = unsafe UnsafeRawBufferPointer(start: bytes, count: size * count)
            guard let transfer = unsafe Transfer.at(owner) else { return 0 }
            return unsafe transfer.answer.takeHeader(data) ? data.count : 0
        }
        easy.check(
            unsafe holdfast_easy_set_data_callback(easy.handle, CURLOPT_WRITEFUNCTION, onBody),
            CURLOPT_WRITEFUNCTION)
        easy.check(
            unsafe holdfast_easy_set_data_callback(easy.handle, CURLOPT_HEADERFUNCTION, onHeader),
            CURLOPT_HEADERFUNCTION)
    }

    private func installSocketCallbacks() {
        let onOpen: curl_opensocket_callback = { owner, _, address in
            guard let engine = unsafe TransferEngine.of(owner), let address = unsafe address
            else { return -1 }
            return unsafe engine.openSocket(
                family: address.pointee.family, type: address.pointee.socktype,
                protocol: address.pointee.protocol)
        }
        let onClose: curl_closesocket_callback = { owner, descriptor in
            unsafe TransferEngine.of(owner)?.closeSocket(descriptor)
            return 0
        }
        easy.check(
            unsafe holdfast_easy_set_open_callback(
                easy.handle, CURLOPT_OPENSOCKETFUNCTION, onOpen), CURLOPT_OPENSOCKETFUNCTION)
        easy.check(
            unsafe holdfast_easy_set_close_callback(
                easy.handle, CURLOPT_CLOSESOCKETFUNCTION, onClose), CURLOPT_CLOSESOCKETFUNCTION)
    }
}
