/// Makes any text fit one line: whoever chose the text must not be able to forge a second line,
/// drive a terminal or turn the direction of what is read.
enum LogText {
    static func logfmt(_ value: LogValue) -> String {
        switch value {
        case .number(let number): return String(number)
        case .text(let text):
            let isPlain =
                !text.isEmpty
                && text.unicodeScalars.allSatisfy {
                    $0.value > 32 && $0.value < 127 && $0 != "\"" && $0 != "=" && $0 != "\\"
                }
            return isPlain ? text : quoted(text)
        }
    }

    /// Without quotes, control characters replaced.
    static func plain(_ text: String) -> String {
        var line = ""
        for scalar in text.unicodeScalars {
            line.unicodeScalars.append(isControl(scalar) ? " " : scalar)
        }
        return line
    }

    /// A JSON string.
    static func quoted(_ text: String) -> String {
        var line = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": line += "\\\""
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\t": line += "\\t"
            case _ where isControl(scalar):
                let digits = String(scalar.value, radix: 16)
                line += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: line.unicodeScalars.append(scalar)
            }
        }
        return line + "\""
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 32 || (127..<160).contains(scalar.value)
            || scalar.value == 0x2028 || scalar.value == 0x2029
            || scalar.value >= 0x061C && scalar.properties.isBidiControl
    }
}
