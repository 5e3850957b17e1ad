extension FuzzTarget {
    static let requests: [FuzzTarget] = [
        path, query, head, storedHeaders, inletBatch, slackChallenge, basic, bearer, traceContext,
        adminQuery, pageMark,
    ]
}
