import RelayCore

extension FuzzTarget {
    /// JSON is JSON5 with the same meaning; what was read can be written and read again; a mistake
    /// is placed inside the text and told in one line.
    static let json5 = FuzzTarget(
        "json5",
        seeds: [
            "// x\n{a:'\\x41\\u{}',\"b\":[.5,+1,0x1F,],/* y */}", "{\"a\":[1.50,null,true]}",
            "['\\\n',\"\\ud83d\\ude00\"]",
        ]
    ) { (input) throws(Finding) in
        let strict = try? JSONValue.parse(input)
        do throws(JSON5Error) {
            let value = try JSON5Parser.parse(input)
            let written = value.serialized()
            if let strict, strict.serialized() != written { throw fault("another meaning") }
            guard try JSON5Parser.parse(written).serialized() == written else {
                throw fault("what was written reads differently")
            }
        } catch {
            try hold(error.line > 0, error.message)
            try Harmless.oneLine(error.message, "the message")
            let lines = input.split(omittingEmptySubsequences: false) { $0 == 10 || $0 == 13 }
            try hold(error.column >= 1 && error.column <= input.count + 1, "\(error)")
            try hold(error.line <= lines.count + input.count / 3, "\(error)")
            // Half a surrogate pair is JSON to the grammar alone; here it is refused.
            let isHalf = error.message.contains("surrogate")
            try hold(strict == nil || isHalf, "JSON that is no JSON5: \(error)")
        }
    }

    /// Line 0 marks what is a finding and no mistake of the text.
    private static func fault(_ message: String) -> JSON5Error {
        JSON5Error(line: 0, column: 0, message: message)
    }
}
