// CommandLine: from words to an `Invocation`, checked against the command's description.
//
// Promises: a pure function of its arguments; nothing is guessed, nothing is ignored. Long options
// only (`--option value`, `--option=value`), except `-h` and `-v`. `--` ends the options, `-` is an
// argument or a value. Every mistake names the nearest known word where there is one.
//
// Never: reads the environment, touches a file, writes.
//
// Fails: with a `UsageError` of one line.

import RelayCore

struct CommandLineParser {
    let commands: [CommandDescription]

    func parse(_ words: [String]) throws(UsageError) -> ParsedLine {
        guard let first = words.first else { return .help(command: nil) }
        switch first {
        case "-h", "--help": return .help(command: nil)
        case "-v", "--version": return .version
        default: break
        }
        guard let command = commands.first(where: { $0.name == first }) else {
            throw unknown(first)
        }
        var parse = Parse(command: command)
        return try parse.run(words.dropFirst())
    }

    private func unknown(_ word: String) -> UsageError {
        guard !word.begins(with: "-") else {
            return UsageError("a command comes first, before \(word)")
        }
        let names = commands.map(\.name)
        guard let nearest = NearestName.of(word, among: names) else {
            return UsageError("there is no command \"\(word)\"")
        }
        return UsageError(
            "there is no command \"\(word)\"; did you mean \"\(nearest)\"?")
    }
}

extension CommandLineParser {
    /// One pass over the words behind the command.
    private struct Parse {
        let command: CommandDescription
        var options: [String: [String]] = [:]
        var arguments: [String] = []

        mutating func run(_ words: ArraySlice<String>) throws(UsageError) -> ParsedLine {
            var rest = words
            while let word = rest.popFirst() {
                if word == "--" {
                    arguments.append(contentsOf: rest)
                    break
                }
                if word == "-h" || word == "--help" { return .help(command: command.name) }
                if word.begins(with: "--") {
                    try option(String(word.unicodeScalars.dropFirst(2)), &rest)
                } else if word.begins(with: "-"), word != "-" {
                    throw error("\(word) is no option: options are long, like --json")
                } else {
                    arguments.append(word)
                }
            }
            try checkArguments()
            return .run(
                Invocation(command: command.name, options: options, arguments: arguments))
        }

        private mutating func option(
            _ text: String, _ rest: inout ArraySlice<String>
        ) throws(UsageError) {
            // By scalars: a value that begins with an accent makes one character with the sign.
            let scalars = text.unicodeScalars
            let equals = scalars.firstIndex(of: "=")
            let name = equals.map { String(scalars[..<$0]) } ?? text
            guard let option = command.option(name) else { throw unknownOption(name) }
            guard option.mayRepeat || options[name] == nil else {
                throw error("--\(name) is given twice")
            }
            var given = equals.map { String(scalars[scalars.index(after: $0)...]) }
            if option.isFlag {
                guard given == nil else { throw error("--\(name) takes no value") }
                given = ""
            } else if given == nil, let next = rest.first, !next.begins(with: "--") {
                given = rest.removeFirst()
            }
            // An empty variable of a script is a mistake, not a name or a text.
            guard let value = given, option.isFlag || option.mayBeEmpty || !value.isEmpty else {
                throw error("--\(name) needs a value: --\(name) \(option.value ?? "VALUE")")
            }
            if case .oneOf(let choices) = option.hint, !choices.contains(value) {
                throw unknownChoice(value, of: name, choices)
            }
            options[name, default: []].append(value)
        }

        private func checkArguments() throws(UsageError) {
            let needed = command.arguments.filter { !$0.isOptional }
            if arguments.count < needed.count {
                throw error(
                    "\(needed[arguments.count].name) is missing: holdfast "
                        + HelpPage.synopsis(command))
            }
            if let empty = arguments.firstIndex(of: "") {
                let name = command.arguments.dropFirst(empty).first ?? command.arguments.last
                throw error("\(name?.name ?? "an argument") is empty")
            }
            let mayRepeat = command.arguments.contains { $0.mayRepeat }
            guard !mayRepeat, arguments.count > command.arguments.count else { return }
            let extra = arguments[command.arguments.count]
            throw error("\"\(extra)\" is one argument too many")
        }

        private func unknownOption(_ name: String) -> UsageError {
            let known = command.options.map(\.name) + ["help"]
            guard let nearest = NearestName.of(name, among: known) else {
                return error("there is no option --\(name)")
            }
            return error("there is no option --\(name); did you mean --\(nearest)?")
        }

        private func unknownChoice(
            _ value: String, of name: String, _ choices: [String]
        ) -> UsageError {
            let list = choices.joined(separator: ", ")
            if value.contains(","), command.option(name)?.mayRepeat == true {
                return error("--\(name) takes one value: repeat it for more, one of: \(list)")
            }
            guard let nearest = NearestName.of(value, among: choices) else {
                return error("--\(name) cannot be \"\(value)\"; it is one of: \(list)")
            }
            return error(
                "--\(name) cannot be \"\(value)\"; it is one of: \(list); "
                    + "did you mean \(nearest)?")
        }

        private func error(_ message: String) -> UsageError {
            UsageError(message, command: command.name)
        }
    }
}

extension String {
    /// By bytes: an accent behind a sign makes one character of the two.
    fileprivate func begins(with signs: StaticString) -> Bool {
        utf8.starts(with: signs.description.utf8)
    }
}
