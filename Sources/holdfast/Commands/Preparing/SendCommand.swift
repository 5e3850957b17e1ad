import HTTPClient
import RelayCore

/// Posts one event to the running relay, as its sender would.
enum SendCommand: Command {
    static let description = CommandDescription(
        name: "send", summary: "posts a sample or a given body to the running relay",
        arguments: [.init("SOURCE"), .init("HOOK"), .init("FILE", optional: true)],
        options: [
            ConfigurationFile.option,
            OptionDescription(
                "url", value: "URL",
                "the whole URL of the hook as 'urls' prints it; with --config another address "
                    + "for the relay"),
        ],
        details: [
            "Without FILE a realistic sample for Chatlio's five hooks is sent (transcript, "
                + "offline-message, conversation-started, unanswered, feedback), each time with "
                + "a conversation of its own. FILE may be - for standard input.",
            "The token comes from the configuration. The relay's answer is printed; a status "
                + "other than 2xx is exit code 1.",
        ],
        examples: [
            .init("holdfast send chatlio feedback --config holdfast.json5", "a sample"),
            .init("holdfast send chatlio transcript chat.json --config holdfast.json5", "a file"),
            .init("holdfast send chatlio unanswered --url $URL", "to a URL from 'make run'"),
        ])

    private static let bodyLimitBytes = 64 * 1_048_576
    private static let timeoutMs = 35_000

    static func run(_ invocation: Invocation, in context: CommandContext) throws -> ExitCode {
        let target = try SendTarget(invocation, in: context)
        let request = ClientRequest(
            url: target.url, headers: ["Content-Type: application/json"] + target.headers,
            body: try body(invocation, in: context), timeoutMs: timeoutMs)
        var policy = ClientPolicy(allowPlainHTTP: true)
        policy.userAgent = "holdfast-send/\(Version.text)"
        switch HTTPCall.perform(request, policy: policy) {
        case .failure(let failure):
            throw CommandFailure(
                "no answer from \(target.shown): \(DisplayText.harmless(failure.message)); "
                    + "is 'holdfast serve' running?")
        case .success(let response):
            try show(response, on: context.console)
            return (200..<300).contains(response.status) ? .done : .failed
        }
    }

    private static func show(_ response: ClientResponse, on console: Console) throws {
        console.message("HTTP \(response.status) in \(response.totalMs) ms")
        let text = String(decoding: response.body, as: UTF8.self)
        for line in text.split(separator: "\n") {
            try console.line(DisplayText.harmless(String(line)))
        }
    }

    private static func body(
        _ invocation: Invocation, in context: CommandContext
    ) throws -> [UInt8] {
        let hook = invocation.argument(1) ?? ""
        switch invocation.argument(2) {
        case "-":
            guard let bytes = context.readInput(bodyLimitBytes) else {
                throw CommandFailure("standard input cannot be read, or is longer than 64 MiB")
            }
            return bytes
        case let path?:
            switch context.environment.file(path) {
            case .success(let bytes): return bytes
            case .failure(let reason):
                throw CommandFailure("\(DisplayText.harmless(path)): cannot be read: \(reason)")
            }
        case nil:
            var generator = SystemRandomNumberGenerator()
            guard
                let sample = ChatlioSample.body(
                    of: hook, now: context.now, using: &generator)
            else {
                throw UsageError(
                    "there is no sample for hook \"\(DisplayText.harmless(hook))\"; give a FILE, "
                        + "or - for standard input", command: invocation.command)
            }
            return sample
        }
    }
}
