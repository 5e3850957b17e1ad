/// One thing that is wrong with a configuration, for the operator who has to mend it.
struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// The setting's path, or file, line and column when the text itself cannot be read.
    let place: String
    let message: String

    var description: String { place.isEmpty ? message : "\(place): \(message)" }
}
