import Foundation

/// Lets nobody pass before so many have come.
// Sendable: the count is touched under the condition's lock.
final class Gathering: @unchecked Sendable {
    private let condition = NSCondition()
    private let wanted: Int
    private var count = 0

    init(of wanted: Int) {
        self.wanted = wanted
    }

    func comeAndWait() {
        condition.withLock {
            count += 1
            condition.broadcast()
            while count < wanted { condition.wait() }
        }
    }
}
