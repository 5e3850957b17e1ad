extension FuzzTarget {
    static let text: [FuzzTarget] = [
        time, span, eventID, logText, terminal, excerpt, encodings,
    ]
}
