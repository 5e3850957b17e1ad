import CLoad

struct LoadResult {
    let accepted: Int
    let refused: Int
    let broken: Int
    let seconds: Double
    let latency: Spread

    init(_ result: cload_result) {
        accepted = Int(result.accepted)
        refused = Int(result.refused)
        broken = Int(result.broken)
        seconds = Double(result.elapsed_ns) / 1e9
        latency = Spread(result.latency)
    }

    var perSecond: Double { seconds > 0 ? Double(accepted) / seconds : 0 }
}
