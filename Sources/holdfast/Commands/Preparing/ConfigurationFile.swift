/// The configuration of a command that needs all of it.
enum ConfigurationFile {
    static let option = OptionDescription(
        "config", value: "FILE", "the relay's configuration", hint: .file)

    /// Problems go to standard error, each with its path; then the command ends with code 2.
    static func read(
        _ invocation: Invocation, in context: CommandContext
    ) throws -> EffectiveConfiguration {
        guard let path = invocation.value("config") else {
            throw UsageError("--config FILE is missing", command: invocation.command)
        }
        switch ConfigurationReader.read(file: path, in: context.environment) {
        case .success(let effective): return effective
        case .failure(let report):
            var lines = report.problems.map { DisplayText.harmless($0.description) }
            let count = Int64(lines.count)
            lines.append("\(path): \(Words.plural(count, "problem"))")
            throw CommandFailure(lines.joined(separator: "\nholdfast: "), .usage)
        }
    }
}
