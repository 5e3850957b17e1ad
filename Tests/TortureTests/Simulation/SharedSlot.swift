import RelayCore

/// One queue for all destinations: whoever is at its head keeps it until his destination is well.
// Sendable: the thread that drives the stage is the only one.
final class SharedSlot: @unchecked Sendable {
    private var owner: Int64?
    private var waiting = FIFO<(destination: Int64, go: () -> Void)>()

    func enter(_ destination: Int64, _ go: @escaping () -> Void) {
        guard owner == nil || owner == destination else {
            return waiting.append((destination, go))
        }
        owner = destination
        go()
    }

    /// Who waits for ever is held by what he waits for.
    func empty() {
        owner = nil
        waiting = FIFO()
    }

    func leave(_ destination: Int64, isWell: Bool) {
        guard isWell, owner == destination else { return }
        owner = nil
        let others = waiting
        waiting = FIFO()
        var rest = others
        while let next = rest.popFirst() { enter(next.destination, next.go) }
    }
}
