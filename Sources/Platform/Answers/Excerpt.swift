import RelayCore

/// Foreign words made fit for a table, a terminal and a log line: one line, bounded, without
/// characters that steer a terminal or turn the direction of text.
package enum Excerpt {
    package static func of(_ text: String, limitBytes: Int = Limits.excerptBytes) -> String {
        if text.utf8.count <= limitBytes, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) {
            return text
        }
        var result = String.UnicodeScalarView()
        var bytesCount = 0
        var isBlank = true
        for scalar in text.unicodeScalars {
            let shown: Unicode.Scalar = isHarmless(scalar) ? scalar : " "
            if shown == " " {
                if isBlank { continue }
                isBlank = true
            } else {
                isBlank = false
            }
            bytesCount += UTF8.width(shown)
            if bytesCount > limitBytes {
                return shortened(result, limitBytes: limitBytes)
            }
            result.append(shown)
        }
        if result.last == " " { result.removeLast() }
        return String(result)
    }

    /// The same with `***` for each of the secrets. Hidden before the text is cut, so that no half
    /// is left, and once more after blanks are put in order, which can put one together again.
    package static func of(
        _ text: String, hiding secrets: [String], limitBytes: Int = Limits.excerptBytes
    ) -> String {
        hide(secrets, in: of(hide(secrets, in: text), limitBytes: limitBytes))
    }

    /// Byte by byte: to a comparison of characters an accent behind a secret makes it another one.
    private static func hide(_ secrets: [String], in text: String) -> String {
        secrets.reduce(text) { text, secret in
            guard !secret.isEmpty, text.utf8.count >= secret.utf8.count else { return text }
            return hide(Array(secret.utf8), in: Array(text.utf8)) ?? text
        }
    }

    /// Nil when it does not occur, which is nearly always.
    private static func hide(_ secret: [UInt8], in text: [UInt8]) -> String? {
        var hiding: [UInt8] = []
        var shownEnd = 0
        var start = 0
        while start + secret.count <= text.count {
            guard text[start] == secret[0], text[start...].starts(with: secret) else {
                start += 1
                continue
            }
            hiding += text[shownEnd..<start]
            hiding += "***".utf8
            start += secret.count
            shownEnd = start
        }
        guard shownEnd > 0 else { return nil }
        return String(decoding: hiding + text[shownEnd...], as: UTF8.self)
    }

    private static let ellipsis: Unicode.Scalar = "…"

    private static func shortened(
        _ scalars: String.UnicodeScalarView, limitBytes: Int
    ) -> String {
        var result = scalars
        var bytesCount = result.reduce(0) { $0 + UTF8.width($1) }
        while bytesCount + UTF8.width(ellipsis) > limitBytes, let last = result.popLast() {
            bytesCount -= UTF8.width(last)
        }
        result.append(ellipsis)
        return String(result)
    }

    private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return (0x20...0x7E).contains(scalar.value) }
        return switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse:
            false
        default:
            true
        }
    }
}
