import RelayCore

/// A name on the command line that the configuration does not have.
enum UnknownSetting {
    static func source(_ name: String, known: [String], command: String) -> UsageError {
        error("source", name, known, command)
    }

    static func hook(_ name: String, known: [String], command: String) -> UsageError {
        error("hook", name, known, command)
    }

    private static func error(
        _ kind: String, _ name: String, _ known: [String], _ command: String
    ) -> UsageError {
        let nearest = NearestName.of(name, among: known).map { "; did you mean \"\($0)\"?" } ?? ""
        let list = known.joined(separator: ", ")
        return UsageError(
            "there is no \(kind) \"\(name)\"\(nearest); known: \(list)", command: command)
    }
}
