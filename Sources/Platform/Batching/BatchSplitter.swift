import RelayCore

/// Cuts a run of messages into requests that keep count and size, without changing the order.
package enum BatchSplitter {
    /// `{"messages":[` and `]}`.
    static let bracketBytes = RequestBuilder.batchOpening.count + RequestBuilder.batchClosing.count

    /// - Parameters:
    ///   - bytesCounts: of each message as `RequestBuilder.bytesCount(of:)` gives it.
    ///   - limits: nil puts each message into a request of its own.
    package static func split(bytesCounts: [Int], limits: BatchLimits?) -> [BatchPart] {
        let maxMessages = max(limits?.maxMessages ?? 1, 1)
        let maxBytes = min(limits?.maxBytes ?? 0, Limits.platformRequestBytes)
        var parts: [BatchPart] = []
        var start = 0
        var gatheredBytes = bracketBytes
        for (index, bytesCount) in bytesCounts.enumerated() {
            if bytesCount > Limits.platformRequestBytes {
                if start < index { parts.append(.send(start..<index)) }
                parts.append(.tooLarge(index))
                (start, gatheredBytes) = (index + 1, bracketBytes)
                continue
            }
            let commaBytes = index > start ? 1 : 0
            let grownBytes = gatheredBytes + commaBytes + bytesCount
            // A message alone needs no brackets and no room beside it, so it always fits.
            if index > start, index - start >= maxMessages || grownBytes > maxBytes {
                parts.append(.send(start..<index))
                (start, gatheredBytes) = (index, bracketBytes + bytesCount)
            } else {
                gatheredBytes = grownBytes
            }
        }
        if start < bytesCounts.count { parts.append(.send(start..<bytesCounts.count)) }
        return parts
    }
}
