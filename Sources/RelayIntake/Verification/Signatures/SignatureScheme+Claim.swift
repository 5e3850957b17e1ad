import HTTPServer
import RelayCore

/// Reading the head of a signed request. Every nil is a refusal.
extension SignatureScheme {
    func claim(of head: RequestHead, at now: Timestamp) -> SignatureClaim? {
        let present = headers.lazy.map { ($0, head.values(of: $0.signature)) }
            .first { !$0.1.isEmpty }
        guard let (names, values) = present, values.count == 1,
            let elements = notation.elements(of: values[0]),
            elements.count <= Limits.signaturesPerRequest
        else { return nil }
        let signatures = elements.compactMap(notation.signature)
        guard !signatures.isEmpty,
            case .some(let timestamp) = timestamp(head, names, elements, now),
            case .some(let id) = id(head, names),
            let content = content(head, id: id, timestamp: timestamp)
        else { return nil }
        return SignatureClaim(
            scheme: self, signatures: signatures, content: content, deliveryID: id,
            eventType: names.type.flatMap { head.first($0) })
    }

    /// The characters of the time; an inner nil when the scheme has none.
    private func timestamp(
        _ head: RequestHead, _ names: Headers, _ elements: [SignatureNotation.Parsed],
        _ now: Timestamp
    ) -> [UInt8]?? {
        guard let time else { return .some(nil) }
        let texts: [[UInt8]]
        if let element = time.element {
            texts = elements.filter { $0.name.elementsEqual(element.utf8) }.map { Array($0.text) }
        } else {
            texts = names.timestamp.map { head.values(of: $0).map { Array($0.utf8) } } ?? []
        }
        guard texts.count == 1, time.accepts(texts[0], at: now) else { return nil }
        return texts[0]
    }

    /// The id in its header; an inner nil when the scheme has none, or asks for none and there is
    /// none.
    private func id(_ head: RequestHead, _ names: Headers) -> String?? {
        guard let name = names.id else { return .some(nil) }
        let values = head.values(of: name)
        let isSigned = content.contains(.id)
        guard values.count <= 1, let id = values.first, !id.isEmpty else {
            return values.count <= 1 && !isSigned ? .some(nil) : nil
        }
        guard id.utf8.count <= Limits.deliveryIDBytes else { return nil }
        // With stops in it, id, time and body could be divided in more than one way.
        let isDivisible = isSigned && content.contains(.literal("."))
        return isDivisible && id.utf8.contains(UInt8(ascii: ".")) ? nil : id
    }

    private func content(
        _ head: RequestHead, id: String?, timestamp: [UInt8]?
    ) -> [SignatureClaim.Piece]? {
        var pieces: [SignatureClaim.Piece] = []
        for part in content {
            switch part {
            case .literal(let text): pieces.append(.known(Array(text.utf8)))
            case .body: pieces.append(.body)
            case .timestamp:
                guard let timestamp else { return nil }
                pieces.append(.known(timestamp))
            case .id:
                guard let id else { return nil }
                pieces.append(.known(Array(id.utf8)))
            case .header(let name):
                let values = head.values(of: name.lowercased())
                guard values.count == 1 else { return nil }
                pieces.append(.known(Array(values[0].utf8)))
            }
        }
        return pieces
    }
}
