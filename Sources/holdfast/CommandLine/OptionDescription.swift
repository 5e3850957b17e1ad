/// One long option.
struct OptionDescription: Sendable {
    /// How a shell completes the value.
    enum Hint: Sendable, Equatable {
        case none, file, directory
        case oneOf([String])
        /// The store has them: `completion names` prints them.
        case names(String)
    }

    /// Without the dashes.
    let name: String
    /// What stands for the value in help; nil: the option is a flag.
    let value: String?
    let summary: String
    let mayRepeat: Bool
    /// A text for people: an empty one says nothing, and does no harm.
    let mayBeEmpty: Bool
    let hint: Hint

    init(
        _ name: String, value: String? = nil, _ summary: String, repeats: Bool = false,
        empty: Bool = false, hint: Hint = .none
    ) {
        self.name = name
        self.value = value
        self.summary = summary
        mayRepeat = repeats
        mayBeEmpty = empty
        self.hint = hint
    }

    var isFlag: Bool { value == nil }
}
