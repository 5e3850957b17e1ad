import RelayCore

/// Says everything that is wrong with a configuration, or what it comes to.
enum CheckCommand: Command {
    static let description = CommandDescription(
        name: "check", summary: "reads the configuration and reports every problem at once",
        options: [
            ConfigurationFile.option,
            OptionDescription(
                "online", "also fetches tokens and reaches each destination, sending no data"),
        ],
        details: [
            "Problems go to standard error with their path, all of them, and the exit code is 2. "
                + "Without problems the whole configuration is printed as it is in force, "
                + "defaults filled in, secrets masked, and what comes from env: or file: shown as "
                + "that where it may be one.",
            "Also said, with exit code 1: a key that does not fit its certificate, a certificate "
                + "that is not valid now, a data directory that cannot be written. Ports are not "
                + "tried, because the relay may be running.",
            "--online prints one line per destination instead, and exit code 1 says that one of "
                + "them could not be reached or refused the credentials.",
        ],
        examples: [
            .init("holdfast check --config holdfast.json5", "before a restart or SIGHUP"),
            .init("holdfast check --config holdfast.json5 --online", "before going live"),
        ])

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let effective = try ConfigurationFile.read(invocation, in: context)
        let check = ConfigurationCheck(
            effective.configuration, in: context.environment, now: context.now)
        for line in check.problems + check.warnings {
            context.console.message("holdfast: " + DisplayText.harmless(line))
        }
        guard invocation.has("online") else {
            try context.console.write(Array(effective.render().utf8))
            return check.problems.isEmpty ? .done : .failed
        }
        var areAllWell = check.problems.isEmpty
        for destination in effective.configuration.destinations {
            let finding = DestinationProbe(destination, clock: context.clock).run()
            areAllWell = areAllWell && finding.isWell
            let word = context.console.styled(
                finding.isWell ? "ok" : "failed", finding.isWell ? .green : .red)
            let text = finding.sentences.map(DisplayText.harmless).joined(separator: "; ")
            try context.console.line("\(destination.name): \(word): \(text)")
            try context.console.flush()
        }
        return areAllWell ? .done : .failed
    }
}
