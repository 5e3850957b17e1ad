/// Bodies in the shape of Chatlio's, with invented people.
enum Samples {
    static let hooks = [
        "transcript", "offline-message", "conversation-started", "unanswered", "feedback",
    ]

    /// Spelled in a way that any reader and writer of JSON would change.
    static func body(_ number: Int) -> String {
        #"{ "conversationUUID":"c\#(number)", "n" : 1.50,"text":"caf\u00e9 \#(number)", "e":1E2 }"#
    }
}
