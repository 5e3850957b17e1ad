import Synchronization

/// The live counters behind `ServerCounters`: written from every thread, only ever raised.
final class Counters: Sendable {
    let accepted = Atomic(0)
    let refusedTotalLimit = Atomic(0)
    let refusedAddressLimit = Atomic(0)
    let acceptFailures = Atomic(0)
    let headerTimeouts = Atomic(0)
    let bodyTimeouts = Atomic(0)
    let bodiesTooSlow = Atomic(0)
    let idleClosed = Atomic(0)
    let answerTimeouts = Atomic(0)
    let malformed = Atomic(0)
    let bodiesTooLarge = Atomic(0)
    let bodiesOverBudget = Atomic(0)

    var snapshot: ServerCounters {
        ServerCounters(
            accepted: accepted.load(ordering: .relaxed),
            refusedTotalLimit: refusedTotalLimit.load(ordering: .relaxed),
            refusedAddressLimit: refusedAddressLimit.load(ordering: .relaxed),
            acceptFailures: acceptFailures.load(ordering: .relaxed),
            headerTimeouts: headerTimeouts.load(ordering: .relaxed),
            bodyTimeouts: bodyTimeouts.load(ordering: .relaxed),
            bodiesTooSlow: bodiesTooSlow.load(ordering: .relaxed),
            idleClosed: idleClosed.load(ordering: .relaxed),
            answerTimeouts: answerTimeouts.load(ordering: .relaxed),
            malformed: malformed.load(ordering: .relaxed),
            bodiesTooLarge: bodiesTooLarge.load(ordering: .relaxed),
            bodiesOverBudget: bodiesOverBudget.load(ordering: .relaxed))
    }
}

extension Atomic where Value == Int {
    func raise() { add(1, ordering: .relaxed) }
}
