package import Foundation

/// What the sender sent and what it was told, by the numbers in the bodies.
package struct SenderLedger {
    package private(set) var sent: [Int64: Data] = [:]
    package private(set) var sources: [Int64: Int] = [:]
    /// Just before it left, on the clock that all processes of a machine share, ns.
    package private(set) var sentAtNs: [Int64: Int64] = [:]
    /// Ids of what was acknowledged.
    package private(set) var acknowledged: [Int64: String] = [:]
    /// When the sender had read the answer, on the same clock, ns.
    package private(set) var acknowledgedAtNs: [Int64: Int64] = [:]
    package private(set) var refused: [Int64: Int] = [:]
    /// Sent, and the connection ended before an answer.
    package private(set) var unanswered: Set<Int64> = []

    package init() {}

    package mutating func add(_ line: Data) throws {
        guard let (words, rest) = line.words(3), let number = Int64(words[1]),
            let atNs = Int64(words[2])
        else {
            throw NeverHappened("a line of the sender's that makes sense")
        }
        switch words[0] {
        case "S":
            guard let (source, body) = rest.words(1) else { return }
            sent[number] = body
            sentAtNs[number] = atNs
            sources[number] = Int(source[0])
        case "A":
            acknowledged[number] = String(decoding: rest, as: UTF8.self)
            acknowledgedAtNs[number] = atNs
        case "R": refused[number] = Int(String(decoding: rest, as: UTF8.self)) ?? 0
        default: unanswered.insert(number)
        }
    }
}
