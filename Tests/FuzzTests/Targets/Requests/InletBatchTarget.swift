import RelayCore

@testable import RelayIntake

extension FuzzTarget {
    /// `{"messages":[…]}` is cut into the very elements that a parser sees, each of them JSON.
    static let inletBatch = FuzzTarget(
        "inlet-batch",
        seeds: [
            #"{"messages":[ {"a":1} , 2,"x]" ]}"#, #"{"messages":[]}"#, #"{"messages":1}"#,
            #"{"m\u0065ssages":[1],"a":{"messages":[2]},"messages":[[3],{}]}"#, "[1]",
        ]
    ) { (input) throws(Finding) in
        let outcome = InletBatch.messages(in: input)
        let value = try? JSONValue.parse(input, depthLimit: Limits.jsonDepth + 2)
        let expected = value?["messages"]?.array ?? []
        guard case .success(let messages) = outcome else {
            return try hold(
                expected.isEmpty || expected.count > Limits.messagesPerBatch,
                "refused \(expected.count) messages")
        }
        try hold(messages.count == expected.count, "\(messages.count), not \(expected.count)")
        for (message, value) in zip(messages, expected) {
            let parsed = try? JSONValue.parse(message)
            try hold(
                parsed?.serialized() == value.serialized(),
                "\(String(decoding: message, as: UTF8.self)) is not \(value)")
        }
    }
}
