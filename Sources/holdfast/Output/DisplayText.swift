/// Text from strangers on its way to a terminal: made harmless, measured and cut by what it takes
/// on the screen.
enum DisplayText {
    /// Control characters, escape sequences and marks that turn the direction of writing become
    /// visible escapes, so that stored data can neither move the cursor nor fake a line.
    static func harmless(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: isHarmful) else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            guard isHarmful(scalar) else {
                result.unicodeScalars.append(scalar)
                continue
            }
            switch scalar {
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default: result += "\\u{" + String(scalar.value, radix: 16) + "}"
            }
        }
        return result
    }

    /// Columns the text takes.
    static func width(_ text: String) -> Int {
        // Nearly everything is ASCII.
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text.utf8.count }
        return text.reduce(0) { $0 + width($1) }
    }

    /// Cut to at most so many columns; what was cut shows as the mark.
    static func cut(_ text: String, to columns: Int, mark: String = "...") -> String {
        guard width(text) > columns else { return text }
        let mark = columns > mark.count + 1 ? mark : ""
        var result = ""
        var used = mark.count
        for character in text {
            used += width(character)
            guard used <= columns else { break }
            result.append(character)
        }
        return result + mark
    }

    /// The same with the end kept.
    static func cutFront(_ text: String, to columns: Int, mark: String = "...") -> String {
        guard width(text) > columns else { return text }
        let mark = columns > mark.count + 1 ? mark : ""
        var kept: [Character] = []
        var used = mark.count
        for character in text.reversed() {
            used += width(character)
            guard used <= columns else { break }
            kept.append(character)
        }
        return mark + String(kept.reversed())
    }

    /// Broken between words. What is indented is laid out already and stays as it is.
    static func wrapped(_ text: String, to columns: Int) -> [String] {
        guard width(text) > columns, !text.hasPrefix(" ") else { return [text] }
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            if !line.isEmpty, width(line) + 1 + width(String(word)) > columns {
                lines.append(line)
                line = String(word)
            } else {
                line += line.isEmpty ? String(word) : " " + word
            }
        }
        return lines + [line]
    }

    static func padded(_ text: String, to columns: Int, right: Bool = false) -> String {
        let blanks = String(repeating: " ", count: max(0, columns - width(text)))
        return right ? blanks + text : text + blanks
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case ..<0x20, 0x7F...0x9F: true
        // Marks and overrides of writing direction, line and paragraph separators, invisible tags.
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF,
            0xE0000...0xE007F:
            true
        default: false
        }
    }

    private static func width(_ character: Character) -> Int {
        var widest = 0
        for scalar in character.unicodeScalars {
            // Asks for the picture form of the character before it.
            if scalar.value == 0xFE0F { return 2 }
            widest = max(widest, width(scalar))
        }
        return widest
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        // The properties are slow to ask for, and of these only the soft hyphen has no width.
        if scalar.value < 0x300, scalar.value != 0xAD { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: break
        }
        switch scalar.value {
        // Unicode Standard Annex 11, the wide and fullwidth blocks in use.
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xA000...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
            0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
            0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            return 2
        default:
            return scalar.properties.isEmojiPresentation ? 2 : 1
        }
    }
}
