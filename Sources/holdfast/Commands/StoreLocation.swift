import RelayCore
import RelayStore

/// Finds the store an operator command works on: `--db`, `--config`, or the environment.
enum StoreLocation {
    static func find(_ invocation: Invocation, in context: CommandContext) throws -> StoreFile {
        switch (invocation.value("db"), invocation.value("config")) {
        case (_?, _?):
            throw UsageError(
                "--db and --config both name a store; give one", command: invocation.command)
        case (let path?, nil):
            return StoreFile(path: path)
        case (nil, let path?):
            return StoreFile(directory: try dataDirectory(path, context))
        case (nil, nil):
            guard let path = context.environment.variable("HOLDFAST_DB"), !path.isEmpty else {
                throw UsageError(
                    "which store? Give --db FILE or --config FILE, or set HOLDFAST_DB "
                        + "(after 'make run': --db sandbox/holdfast.db)",
                    command: invocation.command)
            }
            return StoreFile(path: path)
        }
    }

    static func openReader(
        _ invocation: Invocation, in context: CommandContext
    ) throws -> StoreReader {
        try StoreReader(file: find(invocation, in: context))
    }

    /// For a change. A loss that nobody has looked for yet is recorded before it, and told.
    static func openChanger(_ file: StoreFile, in context: CommandContext) throws -> StoreChanger {
        let changer = try StoreChanger(file: file, now: context.now)
        if let loss = changer.loss {
            context.console.message(
                "at least \(Words.count(loss.deliveries)) acknowledged deliveries are missing: "
                    + "see 'holdfast audit'")
        }
        return changer
    }

    /// Only this one setting is read: the secrets of the file are the daemon's business and need
    /// not be at hand in an operator's shell.
    private static func dataDirectory(_ path: String, _ context: CommandContext) throws -> String {
        let bytes: [UInt8]
        switch context.environment.file(path) {
        case .success(let read): bytes = read
        case .failure(let reason):
            throw CommandFailure("\(path): cannot be read: \(reason)", .usage)
        }
        let tree: JSONValue
        do throws(JSON5Error) {
            tree = try JSON5Parser.parse(bytes)
        } catch {
            throw CommandFailure(
                "\(path):\(error.line):\(error.column): \(error.message)", .usage)
        }
        guard let text = tree["dataDirectory"]?.string else {
            throw CommandFailure("\(path): dataDirectory: is missing or no string", .usage)
        }
        guard text.hasPrefix("env:") else { return text }
        let name = String(text.dropFirst(4))
        guard let value = context.environment.variable(name), !value.isEmpty else {
            throw CommandFailure(
                "\(path): dataDirectory: the environment has no \(name); give --db FILE", .usage)
        }
        return value
    }
}
