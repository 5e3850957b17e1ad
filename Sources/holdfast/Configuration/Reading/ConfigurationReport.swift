/// Every problem of a configuration, in the order in which the file has them.
struct ConfigurationReport: Error, Sendable, Hashable {
    let problems: [ConfigurationProblem]

    /// One problem a line, for standard error.
    func render() -> String {
        problems.map { "\($0)\n" }.joined()
    }
}
