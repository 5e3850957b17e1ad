// Configuration: one JSON5 file becomes `Configuration`, or the list of all that is wrong with it.
//
// For: `serve`, `check` and SIGHUP. Text to tree to typed, frozen settings; every part of the relay
// gets only its own part of them.
//
// Promises: every problem is found in one run and named by path, in the order of the file; unknown
// keys are problems; what is handed out has no problem. Secrets live in `Secret` values only, and
// what is shown to people is built with `***` from the start, not cleaned afterwards.
//
// Never: guesses, falls back to a default for a setting that is wrong, reads the process's
// environment or a file other than through `ConfigurationEnvironment`, logs.
//
// How it is made: `ObjectReader` takes the members of one object, `Field`s say what each may be.
// A field that cannot be read reports it and hands out a stand-in, so that reading goes on and
// settings need no optionals; stand-ins never get out, because a report is returned instead.

internal import RelayCore

/// Reads whole configurations.
enum ConfigurationReader {
    typealias Outcome = Result<EffectiveConfiguration, ConfigurationReport>

    static func read(file path: String, in environment: ConfigurationEnvironment) -> Outcome {
        switch environment.file(path) {
        case .success(let bytes):
            return read(bytes, named: path, in: environment)
        case .failure(let reason):
            return .failure(report(path, "cannot be read: \(reason)"))
        }
    }

    /// - Parameter name: the file's name as problems of its syntax show it.
    static func read(
        _ bytes: [UInt8], named name: String, in environment: ConfigurationEnvironment
    ) -> Outcome {
        let tree: JSONValue
        do throws(JSON5Error) {
            tree = try JSON5Parser.parse(bytes)
        } catch {
            return .failure(report("\(name):\(error.line):\(error.column)", error.message))
        }
        let context = ReadingContext(tree: tree, environment: environment)
        guard let object = tree.object else {
            return .failure(report(name, "must be an object, not \(tree.kind)"))
        }
        let reader = ObjectReader(object, at: .root, in: context)
        let configuration = Configuration(reader)
        reader.finish()
        guard context.problems.isEmpty else {
            return .failure(ConfigurationReport(problems: context.problems))
        }
        return .success(
            EffectiveConfiguration(configuration: configuration, shown: reader.shown))
    }

    private static func report(_ place: String, _ message: String) -> ConfigurationReport {
        ConfigurationReport(problems: [ConfigurationProblem(place: place, message: message)])
    }
}
