/// What the server accepted and what it turned away, since it started.
package struct ServerCounters: Sendable, Equatable {
    package var accepted = 0
    package var refusedTotalLimit = 0
    package var refusedAddressLimit = 0
    package var acceptFailures = 0
    package var headerTimeouts = 0
    package var bodyTimeouts = 0
    package var bodiesTooSlow = 0
    package var idleClosed = 0
    package var answerTimeouts = 0
    package var malformed = 0
    package var bodiesTooLarge = 0
    package var bodiesOverBudget = 0
}
