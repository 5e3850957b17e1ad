/// Follows one pointer during a walk and remembers where the value it leads to stands. Costs a
/// comparison per key on the pointer's own path and a counter elsewhere.
struct ExtractingVisitor: JSONVisitor {
    private enum Found {
        case nothing
        case string(JSONText)
        case number(Range<Int>)
    }

    private let steps: [Step]
    private var found = Found.nothing
    /// Containers open around the next value.
    private var depth = 0
    /// How many leading steps the path to the next value has taken; never more than `depth`.
    private var matched = 0
    /// For each array on the matched path, the index its next element has.
    private var nextIndex: [Int]
    private var isArray: [Bool]

    private struct Step {
        let key: [UInt8]
        let index: Int?
    }

    init(_ pointer: JSONPointer) {
        steps = pointer.tokens.map {
            Step(key: Array($0.utf8), index: JSONPointer.arrayIndex($0))
        }
        nextIndex = Array(repeating: 0, count: steps.count)
        isArray = Array(repeating: false, count: steps.count)
    }

    func extracted(from bytes: borrowing Swift.Span<UInt8>) -> String? {
        switch found {
        case .nothing: nil
        case .string(let text): text.decoded(in: bytes)
        case .number(let range): bytes.text(in: range)
        }
    }

    mutating func enter(_ container: JSONContainer) {
        arrive()
        if matched == depth, depth < steps.count {
            isArray[depth] = container == .array
            nextIndex[depth] = 0
        }
        depth += 1
    }

    mutating func leave(_ container: JSONContainer) {
        depth -= 1
        departed()
    }

    mutating func key(_ text: JSONText, in bytes: borrowing Swift.Span<UInt8>) {
        guard matched == depth - 1, depth <= steps.count,
            text.equals(steps[depth - 1].key, in: bytes)
        else { return }
        step()
    }

    mutating func string(_ text: JSONText, in bytes: borrowing Swift.Span<UInt8>) {
        arrive()
        if isTarget { found = .string(text) }
        departed()
    }

    mutating func number(_ range: Range<Int>, in bytes: borrowing Swift.Span<UInt8>) {
        arrive()
        if isTarget { found = .number(range) }
        departed()
    }

    mutating func literal(_ literal: JSONLiteral) {
        arrive()
        departed()
    }

    private var isTarget: Bool { matched == steps.count && depth == matched }

    /// A value begins. In an array on the path, its index may be the next step.
    private mutating func arrive() {
        guard depth > 0, matched == depth - 1, depth <= steps.count, isArray[depth - 1] else {
            return
        }
        if steps[depth - 1].index == nextIndex[depth - 1] { step() }
        nextIndex[depth - 1] += 1
    }

    /// A value is over: whatever step led into it is taken back.
    private mutating func departed() {
        if depth > 0, matched == depth { matched = depth - 1 }
    }

    /// One step further; what an earlier member of the same name held counts no more.
    private mutating func step() {
        matched = depth
        found = .nothing
    }
}
