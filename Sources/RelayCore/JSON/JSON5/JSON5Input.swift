/// The scalars of a JSON5 text and a place among them; reads the tokens.
struct JSON5Input {
    private let scalars: [Unicode.Scalar]
    private var index = 0

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    mutating func advance() { index += 1 }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        index += 1
        return true
    }

    func error(_ message: String) -> JSON5Error {
        var (line, column) = (1, 1)
        for (place, scalar) in scalars[..<min(index, scalars.count)].enumerated() {
            let isCRLF = scalar == "\r" && place + 1 < scalars.count && scalars[place + 1] == "\n"
            if scalar.isLineEnd, !isCRLF {
                (line, column) = (line + 1, 1)
            } else {
                column += 1
            }
        }
        return JSON5Error(line: line, column: column, message: message)
    }

    /// White space and comments.
    mutating func skipBlanks() throws(JSON5Error) {
        while let scalar = peek {
            if scalar.isBlank {
                index += 1
            } else if scalar == "/" {
                try skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipComment() throws(JSON5Error) {
        let start = self
        index += 1
        if take("/") {
            while let scalar = peek, !scalar.isLineEnd { index += 1 }
        } else if take("*") {
            while let scalar = peek {
                index += 1
                if scalar == "*", take("/") { return }
            }
            throw start.error("this comment is never closed")
        } else {
            throw start.error("a comment begins with // or /*")
        }
    }

    mutating func name() throws(JSON5Error) -> String {
        var name = String.UnicodeScalarView()
        while let scalar = peek, scalar.isNameStart || scalar.isNamePart {
            name.append(scalar)
            index += 1
        }
        return String(name)
    }

    mutating func quoted() throws(JSON5Error) -> String {
        let start = self
        let quote = peek
        index += 1
        var text = String.UnicodeScalarView()
        while let scalar = peek {
            switch scalar {
            case quote:
                index += 1
                return String(text)
            case "\\":
                text.append(contentsOf: try escape())
            case "\n", "\r":
                throw start.error("this string is not closed on its line")
            default:
                text.append(scalar)
                index += 1
            }
        }
        throw start.error("this string is never closed")
    }

    private mutating func escape() throws(JSON5Error) -> [Unicode.Scalar] {
        let start = self
        index += 1
        guard let scalar = peek else { throw start.error("this escape is not complete") }
        index += 1
        switch scalar {
        case "b": return ["\u{8}"]
        case "f": return ["\u{C}"]
        case "n": return ["\n"]
        case "r": return ["\r"]
        case "t": return ["\t"]
        case "v": return ["\u{B}"]
        case "0" where peek.map { !("0"..."9").contains($0) } ?? true: return ["\0"]
        case "x": return [try scalarValue(digits: 2, start)]
        case "u": return [try unicodeEscape(start)]
        case "\r":
            _ = take("\n")
            return []
        case "\n", "\u{2028}", "\u{2029}": return []
        case "0"..."9": throw start.error("a digit cannot be escaped")
        default: return [scalar]
        }
    }

    private mutating func unicodeEscape(_ start: JSON5Input) throws(JSON5Error) -> Unicode.Scalar {
        let first = try hexadecimal(digits: 4, start)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, take("\\"), take("u") else {
            throw start.error("half of a surrogate pair")
        }
        let second = try hexadecimal(digits: 4, start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + ((first & 0x3FF) << 10) + (second & 0x3FF))
        else { throw start.error("half of a surrogate pair") }
        return scalar
    }

    private mutating func scalarValue(
        digits: Int, _ start: JSON5Input
    ) throws(JSON5Error) -> Unicode.Scalar {
        guard let scalar = Unicode.Scalar(try hexadecimal(digits: digits, start)) else {
            throw start.error("no such character")
        }
        return scalar
    }

    private mutating func hexadecimal(
        digits: Int, _ start: JSON5Input
    ) throws(JSON5Error) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let scalar = peek, scalar.isASCII,
                let digit = ASCII.hexValue(UInt8(truncatingIfNeeded: scalar.value))
            else { throw start.error("this escape needs \(digits) hexadecimal digits") }
            value = value << 4 | UInt32(digit)
            index += 1
        }
        return value
    }

    /// Written the way JSON would write it: `.5` is 0.5, `+1` is 1, `0x10` is 16.
    mutating func number() throws(JSON5Error) -> JSONNumber {
        let start = self
        var text = ""
        while let scalar = peek, scalar.isNamePart || scalar.isNumberStart {
            text.unicodeScalars.append(scalar)
            index += 1
        }
        guard let number = Self.normalised(text) else { throw start.error("\(text) is no number") }
        return number
    }

    private static func normalised(_ text: String) -> JSONNumber? {
        var body = Substring(text)
        let sign = body.hasPrefix("-") ? "-" : ""
        if body.hasPrefix("-") || body.hasPrefix("+") { body = body.dropFirst() }
        if body.hasPrefix("0x") || body.hasPrefix("0X") {
            let digits = body.dropFirst(2)
            guard digits.first != "+", digits.first != "-" else { return nil }
            return UInt64(digits, radix: 16).flatMap { JSONNumber("\(sign)\($0)") }
        }
        if body.hasPrefix(".") { body = "0" + body }
        let mantissaEnd = body.firstIndex { $0 == "e" || $0 == "E" } ?? body.endIndex
        var mantissa = body[..<mantissaEnd]
        if mantissa.hasSuffix("."), mantissa.count > 1 { mantissa = mantissa.dropLast() }
        return JSONNumber(sign + mantissa + body[mantissaEnd...])
    }
}
