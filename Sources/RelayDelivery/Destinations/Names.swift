/// Names of sources and hooks by their numbers in the store, for what is sent and logged. Made
/// when the configuration is read.
package struct Names: Sendable {
    private let sources: [Int64: String]
    private let hooks: [Int64: String]

    package init(sources: [Int64: String], hooks: [Int64: String]) {
        self.sources = sources
        self.hooks = hooks
    }

    /// A source that was taken out of the configuration still has events to deliver; the caller
    /// fills in its name from the store.
    package func source(_ number: Int64) -> String { sources[number] ?? "unknown" }
    package func hook(_ number: Int64) -> String { hooks[number] ?? "unknown" }
}
