internal import RelayCore

extension Field where Value == Bool {
    static var flag: Field {
        Field(
            read: { value, place in
                guard let flag = value.bool else {
                    place.wrongType(value, expected: "true or false")
                    return nil
                }
                return Reading(value: flag, shown: value)
            },
            standIn: { _ in false })
    }
}

extension Field where Value: FixedWidthInteger {
    static func integer(in range: ClosedRange<Value>) -> Field {
        Field(
            read: { value, place in
                guard let number = value.number else {
                    place.wrongType(value, expected: "a number")
                    return nil
                }
                guard let whole = number.int64 else {
                    place.report("\(number) is no whole number, or too large")
                    return nil
                }
                guard whole >= Int64(range.lowerBound) else {
                    place.report("\(whole) is below \(range.lowerBound)")
                    return nil
                }
                guard whole <= Int64(range.upperBound) else {
                    place.report("\(whole) is above \(range.upperBound)")
                    return nil
                }
                return Reading(value: Value(whole), shown: .integer(whole))
            },
            standIn: { _ in range.lowerBound })
    }
}

extension Field where Value == Double {
    static func number(in range: ClosedRange<Double>) -> Field {
        Field(
            read: { value, place in
                guard let number = value.number, let double = number.double else {
                    place.wrongType(value, expected: "a number")
                    return nil
                }
                guard range.contains(double) else {
                    let isBelow = double < range.lowerBound
                    let bound = JSONNumber(isBelow ? range.lowerBound : range.upperBound)
                    place.report(
                        "\(number) is \(isBelow ? "below" : "above") \(bound?.text ?? "")")
                    return nil
                }
                return Reading(value: double, shown: value)
            },
            standIn: { _ in range.lowerBound })
    }
}

extension Field where Value == Span {
    static func span(in range: ClosedRange<Span>) -> Field {
        Field(
            read: { value, place in
                guard let text = place.string(value, expected: "a span such as \"10m\"") else {
                    return nil
                }
                guard let span = Span(text) else {
                    let text = JSONValue.string(text)
                    place.report("\(text) is no span such as \"100ms\", \"1s\", \"10m\" or \"7d\"")
                    return nil
                }
                guard span >= range.lowerBound else {
                    place.report("\(span) is below \(range.lowerBound)")
                    return nil
                }
                guard span <= range.upperBound else {
                    place.report("\(span) is above \(range.upperBound)")
                    return nil
                }
                return Reading(value: span, shown: .string(span.description))
            },
            standIn: { _ in range.lowerBound })
    }
}

extension Field where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the words an enumeration has.
    static func choice() -> Field {
        Field(
            read: { value, place in
                guard let text = place.string(value) else { return nil }
                guard let choice = Value(rawValue: text) else {
                    let words = Value.allCases.map(\.rawValue)
                    let hint = NearestName.of(text, among: words).map { "; did you mean \($0)?" }
                    place.report("\(JSONValue.string(text)) is not \(choices)\(hint ?? "")")
                    return nil
                }
                return Reading(value: choice, shown: .string(text))
            },
            standIn: { _ in
                guard let first = Value.allCases.first else {
                    preconditionFailure("a choice needs a case")
                }
                return first
            })
    }

    static var choices: String {
        let words = Value.allCases.map(\.rawValue)
        return words.count < 2
            ? words.joined()
            : words.dropLast().joined(separator: ", ") + " or " + (words.last ?? "")
    }
}
