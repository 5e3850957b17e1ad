import Synchronization

/// What other threads leave for a loop's network thread: new connections, arrived answers, probes.
///
/// One wake-up serves however many items: only who finds the thread asleep wakes it.
final class Inbox: Sendable {
    struct Items {
        var newcomers: [Newcomer] = []
        var answered: [Connection] = []
        var probes: [@Sendable () -> Void] = []
        var mustStop = false

        var isEmpty: Bool {
            newcomers.isEmpty && answered.isEmpty && probes.isEmpty && !mustStop
        }
    }

    private struct Content {
        var items = Items()
        var isAsleep = false
    }

    private let content = Mutex(Content())

    /// True when the caller has to wake the thread.
    func post(_ add: (inout Items) -> Void) -> Bool {
        content.withLock { content in
            add(&content.items)
            defer { content.isAsleep = false }
            return content.isAsleep
        }
    }

    func take() -> Items {
        content.withLock { content in
            content.isAsleep = false
            guard !content.items.isEmpty else { return Items() }
            defer { content.items = Items() }
            return content.items
        }
    }

    /// Announces that the thread will sleep; false when there is something to do first.
    func fallAsleep() -> Bool {
        content.withLock { content in
            content.isAsleep = content.items.isEmpty
            return content.isAsleep
        }
    }
}
