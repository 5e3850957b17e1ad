package import RelayCore

/// A configuration for a relay under test: everything set so that a test has to say only what it
/// is about.
package struct RelaySettings: Sendable {
    /// Long and strange enough to be found wherever they should not be.
    package static let token = "Vq7LmZ2xRk9TtW4bNc8H"
    package static let otherToken = "Hs5PdY3wGj6QfB1vXz0M"

    package var intake: JSONObject = JSONObject()
    package var storage: JSONObject = JSONObject()
    package var source: JSONObject = JSONObject()
    package var platform: JSONObject = JSONObject()
    package var extra: JSONObject = JSONObject()

    package init(inletURL: String) {
        intake["listen"] = "127.0.0.1:0"
        storage["reserveBytes"] = 0
        source["kind"] = "chatlio"
        source["tokens"] = [.string(RelaySettings.token)]
        source["destination"] = "platform"
        platform["kind"] = "platform"
        platform["inletURL"] = .string(inletURL)
        platform["flowId"] = .string(SimulatorUnderTest.flowID)
        platform["retry"] = ["first": "20ms", "cap": "100ms"]
    }

    func text(dataDirectory: String) -> String {
        var tree = JSONObject()
        tree["dataDirectory"] = .string(dataDirectory)
        tree["intake"] = .object(intake)
        tree["storage"] = .object(storage)
        tree["sources"] = ["chatlio": .object(source)]
        tree["destinations"] = ["platform": .object(platform)]
        for member in extra.members { tree[member.key] = member.value }
        return JSONValue.object(tree).description
    }
}
