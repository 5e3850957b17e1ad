/// Builds the requests of one inlet under one access token. A value: after a new token, a new
/// builder.
package struct RequestBuilder: Sendable {
    static let batchOpening = Array(#"{"messages":["#.utf8)
    static let batchClosing = Array("]}".utf8)

    private let inlet: PlatformInlet
    private let singleURL: String
    private let batchURL: String
    private let headers: [String]
    private let envelope: XDMEnvelope?

    package init(_ inlet: PlatformInlet, token: AccessToken? = nil) {
        self.inlet = inlet
        singleURL = InletURL.single(from: inlet.inletURL)
        batchURL = InletURL.batch(from: inlet.inletURL)
        headers = Self.headerLines(inlet, token)
        envelope =
            switch inlet.dataType {
            case .raw: nil
            case .xdm(let reference): XDMEnvelope(reference, flowID: inlet.flowID)
            }
    }

    /// Bytes of the message in a request, stamp and envelope included, batch brackets not.
    package func bytesCount(of message: OutgoingMessage) -> Int {
        wire(message).bytesCount
    }

    /// Cuts a run of messages into requests, in order.
    package func parts(of messages: [OutgoingMessage]) -> [BatchPart] {
        BatchSplitter.split(bytesCounts: messages.map(bytesCount), limits: inlet.batch)
    }

    /// One message goes to the inlet itself, several go to its batch address.
    package func request(for messages: [OutgoingMessage]) -> PlatformRequest {
        if messages.count == 1, let message = messages.first { return single(message) }
        return batch(messages)
    }

    package func single(_ message: OutgoingMessage) -> PlatformRequest {
        let wire = wire(message)
        var body: [UInt8] = []
        body.reserveCapacity(wire.bytesCount)
        wire.append(to: &body)
        return signed(singleURL, body)
    }

    package func batch(_ messages: [OutgoingMessage]) -> PlatformRequest {
        let wires = messages.map(wire)
        let bytesCount = wires.reduce(BatchSplitter.bracketBytes) { $0 + $1.bytesCount + 1 }
        var body: [UInt8] = []
        body.reserveCapacity(bytesCount)
        body.append(contentsOf: Self.batchOpening)
        for (index, wire) in wires.enumerated() {
            if index > 0 { body.append(JSONBytes.comma) }
            wire.append(to: &body)
        }
        body.append(contentsOf: Self.batchClosing)
        return signed(batchURL, body)
    }

    private func wire(_ message: OutgoingMessage) -> WireMessage {
        let insertion: [UInt8] =
            switch (inlet.stamp, envelope) {
            case (false, _): []
            case (true, nil): Stamp.member(for: message)
            case (true, _?): Stamp.entityMembers(for: message)
            }
        return WireMessage(body: message.body, inserting: insertion, in: envelope)
    }

    private func signed(_ url: String, _ body: [UInt8]) -> PlatformRequest {
        guard let signing = inlet.signing else {
            return PlatformRequest(url: url, headers: headers, body: body)
        }
        return PlatformRequest(
            url: url, headers: headers + [signing.headerLine(over: body)], body: body)
    }

    private static func headerLines(_ inlet: PlatformInlet, _ token: AccessToken?) -> [String] {
        var ours = [("Content-Type", "application/json")]
        if let flowID = inlet.flowID, case .raw = inlet.dataType {
            ours.append(("x-adobe-flow-id", flowID))
        }
        if let sandboxName = inlet.sandboxName { ours.append(("x-sandbox-name", sandboxName)) }
        var reserved = inlet.signing.map { [$0.headerName.lowercased()] } ?? []
        if token != nil { reserved.append("authorization") }
        let extra = inlet.extraHeaders.filter { !reserved.contains($0.name.lowercased()) }
        let replaced = extra.map { $0.name.lowercased() }
        let kept = ours.filter { !replaced.contains($0.0.lowercased()) }
        let lines = kept.map { "\($0.0): \($0.1)" } + extra.map { "\($0.name): \($0.value)" }
        return token.map { lines + [$0.headerLine] } ?? lines
    }
}
