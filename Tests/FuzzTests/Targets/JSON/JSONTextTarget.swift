import RelayCore

extension FuzzTarget {
    /// Verdict and parser agree; what was parsed can be written and read again, in one line and in
    /// many.
    static let jsonText = FuzzTarget(
        "json",
        seeds: [
            #"{"a":[1,-2.5e+10,true,false,null,"\u00e1\ud83d\ude00"],"b":{}}"#, "[[]]", "0",
        ]
    ) { (input) throws(Finding) in
        let verdict = JSONScanner.verdict(on: input)
        switch outcome(input) {
        case .success(let value):
            guard case .valid = verdict else { throw Finding("parsed, yet \(verdict)") }
            try holdTogether(value)
        case .failure(let error):
            try hold(error.offset <= input.count, "an offset behind the end: \(error)")
            let expected: JSONScanner.Verdict =
                error.reason == .tooDeep
                ? .tooDeep : .invalid(offset: error.offset, reason: error.reason)
            try hold(verdict == expected, "\(verdict), yet the parser says \(error)")
        }
    }

    private static func holdTogether(_ value: JSONValue) throws(Finding) {
        let written = value.serialized()
        guard case .success(let again) = outcome(written) else {
            throw Finding("what was written cannot be read: \(value)")
        }
        try hold(again.serialized() == written, "written twice and different: \(value)")
        guard case .success(let pretty) = outcome(value.prettyPrinted()) else {
            throw Finding("what was printed cannot be read: \(value)")
        }
        try hold(pretty.serialized() == written, "printed and different: \(value)")
    }

    private static func outcome(_ input: [UInt8]) -> Result<JSONValue, JSONError> {
        do throws(JSONError) {
            return .success(try JSONValue.parse(input))
        } catch {
            return .failure(error)
        }
    }
}
