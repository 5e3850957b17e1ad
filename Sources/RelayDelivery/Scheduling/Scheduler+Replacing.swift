import RelayCore
import RelayRuntime

extension Scheduler {
    /// A new configuration: destinations come, go and change, what is under way ends as it began.
    /// Every grudge against a destination is forgotten, because the operator may have mended it.
    package func replace(_ plans: [DestinationPlan]) {
        queue.async { [self] in
            let nowNs = clock.monotonicNanoseconds
            var next: [Int64: DestinationLine] = [:]
            for plan in plans {
                var line =
                    lines[plan.number]
                    ?? DestinationLine(
                        plan: plan, counters: counters.destination(plan.name), nowNs: nowNs)
                line.adopt(plan)
                next[plan.number] = line
            }
            for (number, line) in lines where next[number] == nil && line.gate.inFlight > 0 {
                // Its sends end as they began; nothing new is claimed for it.
                var leaving = line
                leaving.leave()
                next[number] = leaving
            }
            lines = next
            order = next.keys.sorted()
            storeChanged()
        }
    }
}
