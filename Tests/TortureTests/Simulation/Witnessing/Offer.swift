import RelayCore

/// An event as its sender offers it.
struct Offer: Sendable {
    let number: Int
    let hook: SimulatedConfiguration.Hook
    let lane: String?
    let isParsable: Bool
    let isPoison: Bool
    let body: [UInt8]
    /// What the body is as JSON; an unparsable one is none.
    let json: JSONValue

    /// One of a flood: small, good, of no lane.
    init(number: Int, flooding hook: SimulatedConfiguration.Hook) {
        self.number = number
        self.hook = hook
        lane = nil
        isParsable = true
        isPoison = false
        json = .object(JSONObject([.init(key: "n", value: .integer(number))]))
        body = json.serialized()
    }

    init(number: Int, seed: UInt64) {
        var dice = Dice(seed: seed &+ UInt64(number) &* 0x9E37_79B9)
        self.number = number
        hook =
            SimulatedConfiguration.hooks[
                dice.number(0...SimulatedConfiguration.hooks.count - 1)]
        lane = dice.isOne(in: 3) ? "lane \(dice.number(0...5))" : nil
        isParsable = !dice.isOne(in: 25)
        isPoison = isParsable && dice.isOne(in: 25)
        let padding = dice.isOne(in: 10) ? dice.number(1...4000) : dice.number(0...60)
        var object = JSONObject([.init(key: "n", value: .integer(number))])
        if let lane { object["lane"] = .string(lane) }
        if isPoison { object["is"] = .string("poison") }
        object["text"] = .string(String(repeating: "x", count: padding))
        json = .object(object)
        body = isParsable ? json.serialized() : Array("no JSON \(number)".utf8)
    }
}
