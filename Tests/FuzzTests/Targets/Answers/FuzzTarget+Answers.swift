extension FuzzTarget {
    static let answers: [FuzzTarget] = [answer, httpAnswer, retryAfter, tokenAnswer]
}
