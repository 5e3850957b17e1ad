/// One thing that is wrong with a configuration, for the operator who has to mend it.
struct ConfigurationProblem: Sendable, Hashable, CustomStringConvertible {
    /// The setting's path, or file, line and column when the text itself cannot be read.
    let place: String
    let message: String

    /// Both may quote what stands in the file, whatever that is.
    init(place: String, message: String) {
        self.place = DisplayText.harmless(place)
        self.message = DisplayText.harmless(message)
    }

    var description: String { place.isEmpty ? message : "\(place): \(message)" }
}
