/// The smallest first.
struct Heap<Element> {
    private var elements: [Element] = []
    private let isBefore: (Element, Element) -> Bool

    init(_ isBefore: @escaping (Element, Element) -> Bool) {
        self.isBefore = isBefore
    }

    var first: Element? { elements.first }

    mutating func insert(_ element: Element) {
        elements.append(element)
        var index = elements.count - 1
        while index > 0, isBefore(elements[index], elements[(index - 1) / 2]) {
            elements.swapAt(index, (index - 1) / 2)
            index = (index - 1) / 2
        }
    }

    mutating func removeFirst() {
        elements.swapAt(0, elements.count - 1)
        elements.removeLast()
        var index = 0
        while true {
            let children = [2 * index + 1, 2 * index + 2].filter { $0 < elements.count }
            guard let least = children.min(by: { isBefore(elements[$0], elements[$1]) }),
                isBefore(elements[least], elements[index])
            else { return }
            elements.swapAt(index, least)
            index = least
        }
    }

    mutating func removeAll(where isUnwanted: (Element) -> Bool) {
        let kept = elements.filter { !isUnwanted($0) }
        elements = []
        for element in kept { insert(element) }
    }
}
