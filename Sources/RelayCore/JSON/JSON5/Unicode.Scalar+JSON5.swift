extension Unicode.Scalar {
    var isLineEnd: Bool {
        self == "\n" || self == "\r" || self == "\u{2028}" || self == "\u{2029}"
    }

    var isBlank: Bool {
        isLineEnd || self == " " || self == "\t" || self == "\u{B}" || self == "\u{C}"
            || self == "\u{FEFF}" || properties.generalCategory == .spaceSeparator
    }

    var isNameStart: Bool {
        self == "$" || self == "_" || properties.isAlphabetic
    }

    var isNamePart: Bool {
        switch properties.generalCategory {
        case .decimalNumber, .nonspacingMark, .spacingMark, .connectorPunctuation: true
        default: isNameStart
        }
    }

    var isNumberStart: Bool {
        ("0"..."9").contains(self) || self == "." || self == "-" || self == "+"
    }

    /// For messages.
    var shown: String {
        isHidden ? "a control character" : "\u{201C}\(self)\u{201D}"
    }

    /// Steers a terminal or shows nothing at all.
    var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
