package import RelayCore

/// What an operator asks for, in the operator's words. What is left out is not looked at.
package struct DeliveryFilter: Sendable, Hashable {
    /// Empty: every state.
    package var states: Set<DeliveryState> = []
    package var sources: Set<String> = []
    package var hooks: Set<String> = []
    package var destinations: Set<String> = []
    /// Received at this time or later.
    package var since: Timestamp?
    /// Received before this time; `--older-than` is this, too.
    package var until: Timestamp?
    /// Last HTTP status.
    package var statuses: Set<Int> = []
    package var errorClasses: Set<ErrorClass> = []
    /// All of these must stand somewhere in the body, however JSON spells them.
    package var contains: [[UInt8]] = []
    package var matches: [BodyMatch] = []
    /// In the two above, of the letters A to Z.
    package var ignoresCase = false
    /// Nil: any event. Only named events show their duplicates, which have no deliveries.
    package var ids: Set<EventID>?

    package init() {}

    /// Nothing was asked for, so that everything fits.
    package var isEmpty: Bool { self == DeliveryFilter() }

    var readsBodies: Bool { !contains.isEmpty || !matches.isEmpty }
}
