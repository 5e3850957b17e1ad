import CMicroHTTPD
import Glibc
import Synchronization

/// Answers on their way out.
extension Connection {
    /// What the handler decided on.
    func give(_ answer: AnswerSlot.Answer) -> MHD_Result {
        switch answer {
        case .response(let response): return send(response)
        case .close(let isReset):
            // A next request that has come meanwhile would turn an orderly end into a reset.
            hasUnreadBody = !isReset
            return .NO
        }
    }

    /// Answers when the request has been read completely, so the connection can be kept.
    func send(_ response: ServerResponse) -> MHD_Result {
        guard advance(to: .answering) else { return .NO }
        guard let reply = unsafe makeReply(response) else { return .NO }
        defer { unsafe MHD_destroy_response(reply) }
        return unsafe MHD_queue_response(handle, UInt32(response.status), reply)
    }

    /// Answers from the head alone. The library closes the connection after such an answer, since
    /// the body that may follow cannot be told from a next request.
    func refuse(_ response: ServerResponse) -> MHD_Result {
        hasUnreadBody = true
        return send(response)
    }

    private func makeReply(_ response: ServerResponse) -> OpaquePointer? {
        let reply = unsafe response.body.withUnsafeBytes { body in
            unsafe MHD_create_response_from_buffer(
                body.count, UnsafeMutableRawPointer(mutating: body.baseAddress),
                .RESPMEM_MUST_COPY)
        }
        guard let reply = unsafe reply else { return nil }
        for (name, value) in response.headers {
            unsafe MHD_add_response_header(reply, name, value)
        }
        if response.closeConnection || loop.isDraining.load(ordering: .relaxed) {
            unsafe MHD_add_response_header(reply, "Connection", "close")
        }
        return unsafe reply
    }

    /// Best effort, plain connections only: the library takes no answer in the middle of a body,
    /// and none from another thread. Sends only when nothing of the library's can be under way.
    func sendPastLibrary(_ response: ServerResponse) {
        guard !loop.isTLS else { return }
        _ = SystemCall.send(response.serialized(), to: descriptor)
    }

    /// Network thread. If the library is about to refuse this request, whose head is complete and
    /// was never shown to us, says so in its stead: a length that is no number or too large, or
    /// cookies that do not fit.
    ///
    /// In this one state the library sends the head of its page twice: it has queued the page and
    /// built its head, and goes on as if the request's head had been good
    /// (`parse_connection_headers` in `MHD_connection_handle_idle`, 0.9.75). What it writes now
    /// meets a socket that is closed for writing. Over TLS the connection just ends.
    ///
    /// - Returns: whether the head is complete, so that no other request can be meant.
    func forestallLibrary() -> Bool {
        guard case .awaitingHead = progress, expectsHead,
            unsafe holdfast_head_bytes(handle) > 0, advance(to: .answering)
        else { return false }
        hasUnreadBody = true
        var reader = HeadReader()
        unsafe reader.read(handle)
        sendPastLibrary(reader.refusalUnseen)
        shutdown(descriptor, Int32(SHUT_WR))
        return true
    }

    private var expectsHead: Bool {
        switch ConnectionPhase(word: phase.load(ordering: .relaxed)).kind {
        case .fresh, .idle, .head: true
        case .body, .handling, .answering, .cut: false
        }
    }
}
