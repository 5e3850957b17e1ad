import RelayCore

extension OptionDescription {
    static let json = OptionDescription("json", "prints JSON Lines and nothing else")

    /// Where an operator command finds the store.
    static let store = [
        OptionDescription(
            "config", value: "FILE", "takes the store that this configuration names", hint: .file),
        OptionDescription(
            "db", value: "FILE", "takes this database; the default is $HOLDFAST_DB", hint: .file),
    ]

    static let yes = OptionDescription("yes", "does not ask")

    /// The filters of commands that change what they choose: without a limit of their own.
    static let choice = filters.map { option in
        switch option.name {
        case "limit": OptionDescription("limit", value: "N", "at most so many, the newest")
        case "all": OptionDescription("all", "everything; needed when no filter is given")
        default: option
        }
    }

    /// The same for every command that chooses deliveries.
    static let filters = [
        OptionDescription(
            "state", value: "STATE", "in this state; may be repeated", repeats: true,
            hint: .oneOf(DeliveryState.allCases.map(\.rawValue))),
        OptionDescription(
            "source", value: "NAME", "from this source", repeats: true, hint: .names("source")),
        OptionDescription(
            "hook", value: "NAME", "of this hook", repeats: true, hint: .names("hook")),
        OptionDescription(
            "destination", value: "NAME", "to this destination", repeats: true,
            hint: .names("destination")),
        OptionDescription("since", value: "T", "received at T or later"),
        OptionDescription("until", value: "T", "received before T"),
        OptionDescription("older-than", value: "SPAN", "received longer ago than this"),
        OptionDescription("status", value: "CODE", "last HTTP status", repeats: true),
        OptionDescription(
            "error", value: "CLASS", "last error class", repeats: true,
            hint: .oneOf(ErrorClass.allCases.map(\.rawValue))),
        OptionDescription(
            "contains", value: "TEXT", "the body holds this text, however JSON spells it",
            repeats: true),
        OptionDescription(
            "match", value: "PTR=VALUE", "the body has VALUE at this JSON pointer",
            repeats: true),
        OptionDescription("ignore-case", "--contains and --match take A for a"),
        OptionDescription(
            "id", value: "ID", "this event, or - for ids on standard input", repeats: true),
        OptionDescription("limit", value: "N", "at most so many; 50 on a terminal"),
        OptionDescription("all", "no limit, and no filter needed"),
    ]
}
