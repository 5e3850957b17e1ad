import RelayCore

/// The manual page, made from the same descriptions as the help pages: `deploy/holdfast.1` is
/// written by `holdfast completion man`, and a test holds the two together.
enum ManPage {
    static func lines(_ commands: [CommandDescription]) -> [String] {
        head(commands) + commands.flatMap(section) + tail()
    }

    private static func head(_ commands: [CommandDescription]) -> [String] {
        [
            ".\\\" Written by 'holdfast completion man' from the command descriptions.",
            ".TH HOLDFAST 1 \"\" \"Holdfast\" \"User commands\"",
            ".SH NAME", "holdfast \\- takes webhooks, keeps them safe, delivers them",
            ".SH SYNOPSIS", ".B holdfast",
            "\\fICOMMAND\\fR [\\fB\\-\\-option\\fR \\fIvalue\\fR | "
                + "\\fB\\-\\-option=\\fIvalue\\fR] [\\fIARGUMENT\\fR...]",
            ".SH DESCRIPTION",
            "Holdfast answers a webhook with 2xx only when its event is on stable storage, and "
                + "delivers it until its destination has taken it, or parks it where an operator "
                + "can see why, mend it and send it again.",
            ".PP",
            "Operator commands open the database named by \\fB\\-\\-config\\fR, "
                + "\\fB\\-\\-db\\fR or \\fBHOLDFAST_DB\\fR directly: they "
                + "work while the relay runs, while it is down, and on a backup. Results go to "
                + "standard output, everything else to standard "
                + "error.",
            ".SH COMMANDS",
        ]
    }

    private static func section(_ command: CommandDescription) -> [String] {
        let title = ".SS \(escaped(HelpPage.synopsis(command)))"
        var lines = [title, escaped(sentence(command.summary))]
        for paragraph in command.details { lines += [".PP", escaped(paragraph)] }
        for option in command.options {
            let value = option.value.map { " \\fI\(escaped($0))\\fR" } ?? ""
            lines += [
                ".TP", "\\fB\\-\\-\(escaped(option.name))\\fR\(value)", escaped(summary(option)),
            ]
        }
        for example in command.examples {
            lines += [
                ".PP", escaped(sentence(example.meaning)), ".PP", ".nf", ".RS",
                escaped(example.line), ".RE", ".fi",
            ]
        }
        return lines
    }

    private static func summary(_ option: OptionDescription) -> String {
        guard case .oneOf(let choices) = option.hint else { return option.summary }
        return "\(option.summary): \(choices.joined(separator: ", "))"
    }

    private static func tail() -> [String] {
        var lines = [".SH EXIT STATUS"]
        for (code, meaning) in [
            ("0", "done"), ("1", "it could not be done, or a check failed"),
            ("2", "wrong usage or configuration"), ("3", "nothing matched"),
        ] {
            lines += [".TP", ".B \(code)", meaning]
        }
        lines += [
            ".SH ENVIRONMENT", ".TP", ".B HOLDFAST_DB",
            "the database of operator commands when neither \\-\\-db nor \\-\\-config is given",
            ".TP", ".B NO_COLOR", "when set and not empty, nothing is coloured", ".SH FILES",
            ".TP", ".I /etc/holdfast/holdfast.json5", "the configuration, by custom", ".TP",
            ".I holdfast.db", "the store, in the configuration's dataDirectory",
        ]
        return lines
    }

    private static func sentence(_ text: String) -> String {
        text.prefix(1).uppercased() + text.dropFirst() + "."
    }

    /// A line that begins with a dot or an apostrophe would be a request; a bare minus may become a
    /// hyphen that cannot be pasted.
    private static func escaped(_ text: String) -> String {
        let safe = text.replacing("\\", with: "\\e").replacing("-", with: "\\-")
        return safe.hasPrefix(".") || safe.hasPrefix("'") ? "\\&" + safe : safe
    }
}
