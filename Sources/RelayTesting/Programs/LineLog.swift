import Foundation

/// What a process says on one stream, for a test that waits until something is said.
// Sendable: everything is touched under the condition's lock.
package final class LineLog: @unchecked Sendable {
    private let condition = NSCondition()
    private var bytes: [UInt8] = []
    private var isEnded = false

    package init() {}

    func append(_ new: some Sequence<UInt8>) {
        condition.withLock {
            bytes += new
            condition.broadcast()
        }
    }

    func end() {
        condition.withLock {
            isEnded = true
            condition.broadcast()
        }
    }

    package var text: String {
        String(decoding: condition.withLock { bytes }, as: UTF8.self)
    }

    package var data: [UInt8] { condition.withLock { bytes } }

    /// Whole lines only: the last one may still be on its way.
    package var lines: [String] {
        let all = condition.withLock { bytes }
        guard let end = all.lastIndex(of: 10) else { return [] }
        return String(decoding: all[..<end], as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// The first line from `start` on that is wanted; waits for it.
    @discardableResult
    package func line(
        from start: Int = 0, _ what: String, where isWanted: (String) -> Bool
    ) throws -> String {
        var found: String?
        try wait("a line with \(what)") {
            found = lines.dropFirst(start).first(where: isWanted)
            return found != nil
        }
        return found ?? ""
    }

    @discardableResult
    package func line(from start: Int = 0, containing text: String) throws -> String {
        try line(from: start, text) { $0.contains(text) }
    }

    /// Waits until the stream holds this text so many times.
    package func wait(for text: String, times: Int = 1) throws {
        try wait("\(times) times \(text)") {
            self.text.components(separatedBy: text).count > times
        }
    }

    package func waitUntilEnd() throws {
        try wait("the end of the stream") { condition.withLock { isEnded } }
    }

    private func wait(_ what: String, until isThere: () -> Bool) throws {
        let end = Date(timeIntervalSinceNow: Double(hangGuardSeconds))
        while true {
            let (count, wasEnded) = condition.withLock { (bytes.count, isEnded) }
            if isThere() { return }
            if wasEnded { throw NeverHappened("\(what); the stream ended with:\n\(text)") }
            let isLate = condition.withLock {
                while bytes.count == count, !isEnded {
                    if !condition.wait(until: end) { return true }
                }
                return false
            }
            if isLate { throw NeverHappened("\(what); what came was:\n\(text)") }
        }
    }
}
