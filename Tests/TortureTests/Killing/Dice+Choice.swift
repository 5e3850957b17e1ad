extension Dice {
    /// From 0 on.
    mutating func below(_ count: Int) -> Int { number(0...(count - 1)) }

    mutating func one<Choice>(of choices: [Choice]) -> Choice { choices[below(choices.count)] }
}
