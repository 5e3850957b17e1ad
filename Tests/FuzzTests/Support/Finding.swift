/// Something that had to hold and did not.
struct Finding: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// - Parameter message: made only for a finding.
func hold(
    _ condition: Bool, _ message: @autoclosure () -> String
) throws(Finding) {
    guard condition else { throw Finding(message()) }
}
