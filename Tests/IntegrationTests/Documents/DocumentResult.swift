/// What a command of a page left behind.
struct DocumentResult {
    /// Nil when it did not end by itself.
    let code: Int32?
    /// Both streams.
    let said: String
}
