import CMicroHTTPD
import Synchronization

/// The library's view of a request, call by call: once for the head, once for each piece of the
/// body, once when it is complete, and once more after each resume.
extension Connection {
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
        loop.headIsComplete(of: self)
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
        if let declared = head.declaredLength, declared > limitBytes {
            loop.counters.bodiesTooLarge.raise()
            return refuse(loop.handler.bodyTooLarge(head))
        }
        progress = .collecting(head, limitBytes: limitBytes, context: context)
        guard announcesBody else { return .YES }
        bodyBytes.store(0, ordering: .relaxed)
        return advance(to: .body) ? .YES : .NO
    }
}
