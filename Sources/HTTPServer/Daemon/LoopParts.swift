/// What every event loop of a server shares, whatever its options.
struct LoopParts: Sendable {
    let handler: any RequestHandler
    let counters = Counters()
    let quota = ConnectionQuota()
    let bodyBudget = BodyBudget()
    let lingering = Lingering()
    let settling = Settling()
}
