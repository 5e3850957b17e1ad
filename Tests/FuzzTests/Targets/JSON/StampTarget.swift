import RelayCore

@testable import Platform

extension FuzzTarget {
    /// Whatever JSON was accepted leaves as JSON: alone, stamped, in an XDM envelope and in a
    /// batch; the sender's members keep their bytes, and the stamp is the last one.
    static let stamp = FuzzTarget(
        "stamp",
        seeds: [#"{"a":1}"#, " { } ", #"{"holdfast":{"_id":"x"},"_id":" ","timestamp":1}"#, "[1]"]
    ) { (input) throws(Finding) in
        guard case .valid(let root) = JSONScanner.verdict(on: input) else { return }
        let message = OutgoingMessage(
            id: EventID(sequence: 1 << 40, lineage: 7), receivedAt: Timestamp(milliseconds: 0),
            source: "a\"b", hook: "é", attempt: 3, body: input)
        for builder in [raw, xdm] {
            let single = builder.single(message).body
            try hold(single.count == builder.bytesCount(of: message), "another length than said")
            let value = try sent(single)
            if root == .object { try holdID(value, message.id.description) }
            let batch = try sent(builder.batch([message, message]).body)
            try hold(batch["messages"]?.array?.count == 2, "a batch of two has another count")
        }
        if let inserted = JSONMemberInsertion.appending(key: "k", value: [0x31], to: input) {
            try hold(try sent(inserted)["k"] == .number(JSONNumber(1)), "not inserted")
        }
    }

    private static func holdID(_ value: JSONValue, _ id: String) throws(Finding) {
        guard let entity = value["body"]?["xdmEntity"], value["header"] != nil else {
            return try hold(value["holdfast"]?["_id"]?.string == id, "no id in \(value)")
        }
        let own = entity["_id"]
        let isThere = own?.number != nil || own?.string?.contains { !$0.isWhitespace } == true
        try hold(isThere, "no id in \(value)")
    }

    private static func sent(_ bytes: [UInt8]) throws(Finding) -> JSONValue {
        do throws(JSONError) {
            return try JSONValue.parse(bytes, depthLimit: JSONScanner.defaultDepthLimit + 4)
        } catch {
            throw Finding("sends what is no JSON: \(error)")
        }
    }

    private static let raw = RequestBuilder(
        PlatformInlet(inletURL: "https://x.example/collection/1"))

    private static let xdm = RequestBuilder(
        PlatformInlet(
            inletURL: "https://x.example/collection/1",
            dataType: .xdm(
                XDMReference(
                    schemaID: "s", sourceName: "n"))))
}
