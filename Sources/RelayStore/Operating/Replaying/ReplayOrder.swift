package import RelayCore

/// What an operator asks for when he sends events again.
package struct ReplayOrder: Sendable {
    /// `user@host`.
    package let who: String
    /// The words that chose the events; with the patch they tell an interrupted replay from others.
    package let asked: String
    package let patch: JSONPatch?
    package let patchText: [UInt8]?

    package init(who: String, asked: String, patch: JSONPatch? = nil, patchText: [UInt8]? = nil) {
        self.who = who
        self.asked = asked
        self.patch = patch
        self.patchText = patchText
    }
}
