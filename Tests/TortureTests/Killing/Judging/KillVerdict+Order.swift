import Foundation
import RelayTesting

/// Events of one lane leave in the order in which they were accepted, whatever kills and refusals
/// lie between.
extension KillVerdict {
    /// Only the first source has lanes, and it has one destination.
    ///
    /// What was acknowledged before another left its sender was accepted before it. Unless a
    /// command gave it up, it was taken before the other goes, or goes before it in one request.
    func checkOrder() throws {
        var lanes = waitingByLane()
        var taken: Set<Int64> = []
        for request in requests() {
            var gone: Set<Int64> = []
            for arrival in request where books.sent.sources[arrival.number] == 0 {
                let lane = Self.lane(arrival.body)
                while let first = lanes[lane]?.first, taken.contains(first) {
                    lanes[lane]?.removeFirst()
                }
                let sentAtNs = books.sent.sentAtNs[arrival.number] ?? 0
                let overtaken = lanes[lane]?.first {
                    acknowledgedAtNs($0) < sentAtNs && !taken.contains($0) && !gone.contains($0)
                }
                try require(
                    overtaken == nil,
                    "\(arrival.number) left in life \(arrival.life) before \(overtaken ?? 0) of "
                        + "its lane, which was acknowledged before it was sent")
                gone.insert(arrival.number)
            }
            taken.formUnion(request.lazy.filter(\.isTaken).map(\.number))
        }
    }

    /// Acknowledged and given up by no command, in the order of their acknowledgements.
    private func waitingByLane() -> [Substring: ArraySlice<Int64>] {
        let numbers = books.sent.acknowledged.keys.filter {
            books.sent.sources[$0] == 0 && !books.givenUp.contains($0)
        }
        return Dictionary(grouping: numbers) { Self.lane(books.sent.sent[$0] ?? Data()) }
            .mapValues { lane in
                lane.sorted { acknowledgedAtNs($0) < acknowledgedAtNs($1) }[...]
            }
    }

    private func acknowledgedAtNs(_ number: Int64) -> Int64 {
        books.sent.acknowledgedAtNs[number] ?? .max
    }

    /// In the order in which they left: a sink may read what a dead relay has sent after what its
    /// successor sends.
    private func requests() -> [[Arrival]] {
        let arrivals = books.arrivals.first ?? []
        var requests: [[Arrival]] = []
        for life in 1...books.ends.count + 1 {
            for arrival in arrivals where arrival.life == life {
                if let last = requests.last?.last, last.life == life,
                    last.readAtNs == arrival.readAtNs
                {
                    requests[requests.count - 1].append(arrival)
                } else {
                    requests.append([arrival])
                }
            }
        }
        return requests
    }

    private static func lane(_ body: Data) -> Substring {
        let name = #""lane":""#
        let text = String(decoding: body.prefix(100), as: UTF8.self)
        guard let start = text.firstRange(of: name)?.upperBound else { return "" }
        return text[start...].prefix { $0 != "\"" }
    }
}
