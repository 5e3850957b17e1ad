/// One message as it will stand in a request: the sender's bytes with something put in and
/// something around. Nothing is copied until it is appended.
struct WireMessage {
    private let body: [UInt8]
    private let insertion: [UInt8]
    private let end: ObjectEnd?
    private let envelope: XDMEnvelope?

    /// - Parameter insertion: members for the object; left out when the body is none.
    init(body: [UInt8], inserting insertion: [UInt8], in envelope: XDMEnvelope?) {
        self.body = body
        self.insertion = insertion
        end = insertion.isEmpty ? nil : ObjectEnd(of: body)
        self.envelope = envelope
    }

    var bytesCount: Int {
        let around = envelope.map { $0.opening.count + $0.closing.count } ?? 0
        guard let end else { return body.count + around }
        return body.count + around + insertion.count + (end.isEmpty ? 0 : 1)
    }

    func append(to bytes: inout [UInt8]) {
        if let envelope { bytes.append(contentsOf: envelope.opening) }
        if let end {
            bytes.append(contentsOf: body[..<end.index])
            if !end.isEmpty { bytes.append(JSONBytes.comma) }
            bytes.append(contentsOf: insertion)
            bytes.append(contentsOf: body[end.index...])
        } else {
            bytes.append(contentsOf: body)
        }
        if let envelope { bytes.append(contentsOf: envelope.closing) }
    }
}
