import RelayCore

/// `{"messages":[…]}`, cut into its messages: each stays byte for byte as it was sent.
enum InletBatch {
    enum Fault: Error, Equatable {
        case malformed(String)
        case tooMany
    }

    static func messages(in body: [UInt8]) -> Result<[[UInt8]], Fault> {
        // The list and the object around it are two levels that the messages themselves lack.
        let outcome = JSONElements.inList(
            named: "messages", of: body, countLimit: Limits.messagesPerBatch,
            depthLimit: Limits.jsonDepth + 2)
        switch outcome {
        case .malformed: return .failure(.malformed("The request body is not JSON"))
        case .noSuchList:
            return .failure(.malformed("The 'messages' field is mandatory and lists messages"))
        case .tooMany: return .failure(.tooMany)
        case .found(let ranges): return .success(ranges.map { Array(body[$0]) })
        }
    }
}
