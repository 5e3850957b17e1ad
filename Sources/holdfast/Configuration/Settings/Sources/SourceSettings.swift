internal import RelayCore
internal import Signing

/// One sender: how it proves itself, which hooks it has and where their events go.
struct SourceSettings: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
        /// Any of the tokens opens the URL.
        case chatlio(tokens: [Secret])
        case generic(VerifySettings)
        case platformInlet(InletSettings)
    }

    /// What happens to a lane when one of its events is dead.
    enum LanePolicy: String, Sendable, CaseIterable {
        /// The events behind it go on.
        case skip
        /// They wait until the operator has replayed or discarded it.
        case block
    }

    private enum KindName: String, Sendable, CaseIterable {
        case chatlio, generic
        case platformInlet = "platform-inlet"
    }

    let name: String
    let kind: Kind
    let hooks: [HookSettings]
    /// Zero: nothing is recognised as a repetition.
    let dedupWindow: Span
    /// Where in the body the lane's name stands; nil: no lanes.
    let lane: JSONPointer?
    let lanePolicy: LanePolicy

    init(name: String, _ reader: ObjectReader) {
        self.name = name
        let kindName: KindName = reader.kind()
        let destinations = reader.optional("destination", .destinations)
        let dedupDefault: JSONValue
        switch kindName {
        case .chatlio:
            kind = .chatlio(tokens: reader.required("tokens", .oneOrMore(of: .pathToken)))
            hooks = HookSettings.chatlio(reader, destinations)
            dedupDefault = "10m"
        case .generic:
            kind = .generic(reader.required("verify", .object(VerifySettings.init)))
            hooks = reader.required("hooks", .hooks(fallback: destinations))
            dedupDefault = "24h"
        case .platformInlet:
            kind = .platformInlet(InletSettings(reader))
            hooks = HookSettings.inlet(reader, destinations)
            dedupDefault = "0s"
        }
        dedupWindow = reader.value(
            "dedupWindow", .span(in: .seconds(0)...Span(milliseconds: 30 * 86_400_000)),
            default: dedupDefault)
        lane = reader.value(
            "lane", .pointer, default: kindName == .chatlio ? "/conversationUUID" : "none")
        lanePolicy = reader.value("lanePolicy", .choice(), default: "skip")
    }
}
