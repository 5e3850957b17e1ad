import CMicroHTTPD
import Synchronization

/// The library's view of a request, call by call: once for the head, once for each piece of the
/// body, once when it is complete, and once more after each resume.
extension Connection {
    /// More than this is not reserved on the word of the client alone.
    private static let reserveLimitBytes = 65_536

    func proceed(
        method: UnsafePointer<CChar>, version: UnsafePointer<CChar>,
        piece: UnsafeBufferPointer<UInt8>
    ) -> MHD_Result {
        switch progress {
        case .awaitingHead:
            return unsafe receiveHead(method: method, version: version)
        case .refusing(let response):
            return piece.isEmpty ? send(response) : .YES
        case .collecting(let head, let limitBytes, let context):
            if piece.isEmpty { return handOver(head, context: context) }
            return unsafe collect(piece, of: head, limitBytes: limitBytes)
        case .swallowing(let response, let leftBytes):
            return unsafe swallow(piece, before: response, leftBytes: leftBytes)
        case .handedOver:
            guard let answer = takeAnswer() else { return .YES }
            return give(answer)
        }
    }

    private func receiveHead(
        method: UnsafePointer<CChar>, version: UnsafePointer<CChar>
    ) -> MHD_Result {
        var reader = HeadReader()
        unsafe reader.read(handle, start: method)
        // One blank stands between target and version. More means that the target held a zero
        // byte, which ends a string for the library and hides the rest of it from us.
        let isWhole =
            unsafe UInt(bitPattern: version) == targetPlace.upperBound + 1
            && reader.isMethod(method, before: targetPlace.lowerBound)
            && reader.endsWhereItSeems(start: method)
        let version = unsafe String(cString: version)
        let refusal =
            isWhole
            ? reader.refusal(target: target, version: version, options: loop.options) : .malformed
        if let response = refusal {
            loop.counters.malformed.raise()
            return refuse(response)
        }
        let head = unsafe reader.head(
            method: String(cString: method), version: version, of: self)
        switch loop.handler.admit(head) {
        case .answer(let response):
            if reader.announcesBody { return refuse(response) }
            progress = .refusing(response)
            return .YES
        case .collect(let limitBytes, let context):
            return startCollecting(
                head, limitBytes: limitBytes, context: context,
                announcesBody: reader.announcesBody)
        }
    }

    private func startCollecting(
        _ head: RequestHead, limitBytes: Int, context: (any AnyObject & Sendable)?,
        announcesBody: Bool
    ) -> MHD_Result {
        let declared = head.declaredLength ?? 0
        if declared > limitBytes {
            loop.counters.bodiesTooLarge.raise()
            return refuse(loop.handler.bodyTooLarge(head))
        }
        progress = .collecting(head, limitBytes: limitBytes, context: context)
        guard announcesBody else { return .YES }
        bodyBytes.store(0, ordering: .relaxed)
        body.reserveCapacity(min(declared, Self.reserveLimitBytes))
        return advance(to: .body) ? .YES : .NO
    }

    private func collect(
        _ piece: UnsafeBufferPointer<UInt8>, of head: RequestHead, limitBytes: Int
    ) -> MHD_Result {
        guard body.count + piece.count <= limitBytes else {
            loop.counters.bodiesTooLarge.raise()
            body = []
            hasUnreadBody = true
            let response = loop.handler.bodyTooLarge(head)
            if loop.isTLS {
                progress = .swallowing(response, leftBytes: limitBytes + Self.reserveLimitBytes)
                return .YES
            }
            sendPastLibrary(response)
            return .NO
        }
        unsafe body.append(contentsOf: piece)
        bodyBytes.store(body.count, ordering: .relaxed)
        return .YES
    }

    private func swallow(
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
