extension Forecast {
    static func weather(_ dice: inout Dice) -> Weather {
        let kind = weatherKind(&dice)
        return Weather(
            kind: kind, percent: dice.isOne(in: 2) ? 100 : dice.number(5...95),
            seed: UInt64(dice.number(0...999_999)))
    }

    private static func weatherKind(_ dice: inout Dice) -> Weather.Kind {
        switch dice.number(0...27) {
        case 0: .refusingConnections
        case 1: .unresolvable
        case 2: .brokenTLS
        case 3: .resettingBefore
        case 4, 5: .resettingAfter
        case 6: .hanging(isProcessed: false)
        case 7: .hanging(isProcessed: true)
        case 8: .slow(ms: dice.number(100...60_000))
        case 9, 10: .status(429, retryAfterSeconds: retryAfter(&dice), hasBody: true)
        case 11, 12: .status(503, retryAfterSeconds: retryAfter(&dice), hasBody: false)
        case 13:
            .status([500, 502, 504][dice.number(0...2)], retryAfterSeconds: nil, hasBody: true)
        case 14: .status(401, retryAfterSeconds: nil, hasBody: true)
        case 15: .status(403, retryAfterSeconds: nil, hasBody: dice.isOne(in: 2))
        case 16: .status(404, retryAfterSeconds: nil, hasBody: true)
        case 17:
            .status(
                [301, 204, 408][dice.number(0...2)], retryAfterSeconds: nil, hasBody: false)
        case 18: .status([400, 413][dice.number(0...1)], retryAfterSeconds: nil, hasBody: true)
        case 19, 20:
            .refusedElements(
                status: [400, 413, 422, 429, 500, 503][dice.number(0...5)],
                every: dice.number(1...5))
        case 21: .skewedCount([-3, -1, 1, 2][dice.number(0...3)])
        case 22: .dialect(["A", "B", "mixed"][dice.number(0...2)])
        case 23: dice.isOne(in: 2) ? .garbageBody : .garbageWire
        case 24: .truncated(bytes: dice.number(0...40))
        case 25: .dripping(bytesPerSecond: dice.number(1...200))
        case 26:
            .tokenStatus(
                [400, 401, 429, 500, 503][dice.number(0...4)], retryAfterSeconds: retryAfter(&dice))
        default: .tokenHanging
        }
    }

    private static func retryAfter(_ dice: inout Dice) -> Int? {
        dice.isOne(in: 3) ? nil : dice.isOne(in: 6) ? dice.number(0...7200) : dice.number(0...90)
    }
}
