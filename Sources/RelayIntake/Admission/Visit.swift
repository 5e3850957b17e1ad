/// What admission found out about a request, kept until its body is there. A request under way
/// ends under the configuration it began with.
final class Visit: Sendable {
    let door: Door
    /// What the head claims and the body has yet to prove; nil: nothing is left to prove.
    let claim: SignatureClaim?

    init(_ door: Door, claim: SignatureClaim? = nil) {
        self.door = door
        self.claim = claim
    }
}
