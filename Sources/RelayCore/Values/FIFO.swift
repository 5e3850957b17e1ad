/// First in, first out, in constant time on average.
package struct FIFO<Element> {
    private var items: [Element?] = []
    private var head = 0

    package init() {}

    package var count: Int { items.count - head }
    package var isEmpty: Bool { count == 0 }
    package var first: Element? { head < items.count ? items[head] : nil }

    package mutating func append(_ item: Element) { items.append(item) }

    package mutating func append(contentsOf new: some Sequence<Element>) {
        for item in new { items.append(item) }
    }

    /// Puts an item back where it was taken from.
    package mutating func prepend(_ item: Element) {
        if head > 0 {
            head -= 1
            items[head] = item
        } else {
            items.insert(item, at: 0)
        }
    }

    package mutating func popFirst() -> Element? {
        guard head < items.count else { return nil }
        let item = items[head]
        items[head] = nil
        head += 1
        if head == items.count {
            items.removeAll(keepingCapacity: true)
            head = 0
        } else if head > 1024, head * 2 > items.count {
            items.removeFirst(head)
            head = 0
        }
        return item
    }

    package mutating func removeAll() {
        items.removeAll()
        head = 0
    }
}

extension FIFO: Sendable where Element: Sendable {}
