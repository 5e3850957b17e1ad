import RelayCore

/// What holds for every message of one admitted request.
struct Visit {
    let submission: Submission
    let inlet: Inlet
    let isAuthenticated: Bool
    let now: Timestamp
}
