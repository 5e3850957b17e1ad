import CMicroHTTPD
import Synchronization

/// Network thread. A body on its way into memory, and what it holds of the server's bound.
extension Connection {
    /// What is read past a limit so that an answer over TLS can follow, bytes.
    private static let swallowBytes = 65_536

    func collect(
        _ piece: UnsafeBufferPointer<UInt8>, of head: RequestHead, limitBytes: Int
    ) -> MHD_Result {
        guard body.count + piece.count <= limitBytes else {
            loop.counters.bodiesTooLarge.raise()
            return refuseBody(loop.handler.bodyTooLarge(head), limitBytes: limitBytes)
        }
        let mostBytes = min(head.declaredLength ?? limitBytes, limitBytes)
        guard makeRoom(forBytes: body.count + piece.count, mostBytes: mostBytes) else {
            loop.counters.bodiesOverBudget.raise()
            return refuseBody(loop.handler.bodyOverBudget(head), limitBytes: limitBytes)
        }
        unsafe body.append(contentsOf: piece)
        bodyBytes.store(body.count, ordering: .relaxed)
        return .YES
    }

    /// Doubles what the body holds when it has to, but never beyond what may still come: a body
    /// that arrives in one piece takes just that, and no body more than twice what has arrived. Nor
    /// does it pass the bound of a small body before the body does. (While it is copied the old
    /// memory is there as well, of one body a network thread.)
    private func makeRoom(forBytes bytes: Int, mostBytes: Int) -> Bool {
        guard bytes > heldBytes else { return true }
        let doubled = min(heldBytes * 2, mostBytes)
        let isSmall = bytes <= BodyBudget.smallBytes
        let wanted = max(bytes, isSmall ? min(doubled, BodyBudget.smallBytes) : doubled)
        let isGranted = loop.bodyBudget.take(
            wanted - heldBytes, bodyBytes: wanted,
            limitBytes: loop.options.maxCollectedBytes)
        guard isGranted else { return false }
        heldBytes = wanted
        body.reserveCapacity(wanted)
        return true
    }

    /// The body is with its handler, or nobody wants it any more. Harmless when repeated.
    func letGoOfBody() {
        body = []
        guard heldBytes > 0 else { return }
        loop.bodyBudget.giveBack(heldBytes)
        heldBytes = 0
    }

    /// In the middle of a body.
    private func refuseBody(_ response: ServerResponse, limitBytes: Int) -> MHD_Result {
        letGoOfBody()
        hasUnreadBody = true
        if loop.isTLS {
            progress = .swallowing(response, leftBytes: limitBytes + Self.swallowBytes)
            return .YES
        }
        sendPastLibrary(response)
        return .NO
    }

    func swallow(
        _ piece: UnsafeBufferPointer<UInt8>, before response: ServerResponse, leftBytes: Int
    ) -> MHD_Result {
        if piece.isEmpty {
            var closing = response
            closing.closeConnection = true
            return send(closing)
        }
        guard piece.count <= leftBytes else { return .NO }
        progress = unsafe .swallowing(response, leftBytes: leftBytes - piece.count)
        bodyBytes.add(piece.count, ordering: .relaxed)
        return .YES
    }
}
