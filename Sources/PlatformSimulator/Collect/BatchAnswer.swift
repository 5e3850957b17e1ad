import RelayCore

/// The 207 of a batch, element by element, in whichever dialect is spoken.
struct BatchAnswer {
    private let batchID: String
    private let dialect: Dialect
    private let connectorID: String
    private var elements: [String] = []
    private var refusals = 0

    init(batchID: String, dialect: Dialect, connectorID: String) {
        self.batchID = batchID
        self.dialect = dialect
        self.connectorID = connectorID
    }

    func tracer(of index: Int) -> String {
        dialect == .connector ? "\(connectorID)-\(index)" : "\(batchID):\(index)"
    }

    mutating func accept(index: Int) {
        elements.append("{\"xactionId\":\"\(tracer(of: index))\"}")
    }

    mutating func refuse(_ refusal: Refusal, index: Int) {
        refusals += 1
        let usesConnector =
            dialect == .connector || (dialect == .mixed && refusals.isMultiple(of: 2))
        let message = refusal.message ?? refusal.title
        let element: JSONValue =
            usesConnector
            ? [
                "xactionId": .string("\(connectorID)-\(index)"),
                "status": .integer(refusal.status),
                "message": .string(refusal.connectorMessage ?? message),
            ]
            : ["statusCode": .integer(refusal.status), "message": .string(message)]
        elements.append(element.description)
    }

    /// Makes the number of elements disagree with the number of messages.
    mutating func skew(by difference: Int) {
        if difference < 0 {
            elements.removeLast(min(elements.count, -difference))
        } else {
            for _ in 0..<difference { accept(index: elements.count) }
        }
    }

    func reply(inletID: String, receivedAt: Timestamp) -> Reply {
        .json(
            207,
            text: "{\"inletId\":\"\(inletID)\",\"batchId\":\"\(batchID)\","
                + "\"receivedTimeMs\":\(receivedAt.milliseconds),"
                + "\"responses\":[\(elements.joined(separator: ","))]}")
    }
}
