internal import RelayCore

/// What one run of the reader shares: the problems so far and what settings may refer to.
final class ReadingContext {
    let environment: ConfigurationEnvironment
    /// The destinations the file has, so that sources can be held to them.
    let destinationNames: [String]
    /// Problems of a muted context go nowhere: they would only follow from one already reported.
    private let isMuted: Bool
    private let order: [ConfigurationPath: Int]
    /// What references led to, with the reference.
    private var fetched: [(text: String, reference: String)] = []
    private var reported: [(order: Int, problem: ConfigurationProblem)] = []

    init(tree: JSONValue, environment: ConfigurationEnvironment) {
        self.environment = environment
        destinationNames = tree["destinations"]?.object?.keys ?? []
        isMuted = false
        var order: [ConfigurationPath: Int] = [:]
        Self.number(tree, .root, &order)
        self.order = order
    }

    private init(mutedCopyOf context: ReadingContext) {
        environment = context.environment
        destinationNames = context.destinationNames
        isMuted = true
        order = [:]
    }

    var muted: ReadingContext { ReadingContext(mutedCopyOf: self) }

    /// Who keeps a text out of the file finds the reference in what is said of it, whatever setting
    /// it stands in. Less than four characters keep no secret, and stand in many words.
    func hide(_ text: String, behind reference: String) {
        guard text.count > 3 else { return }
        let written = "\(JSONValue.string(text))".dropFirst().dropLast()
        fetched += [(String(written), reference), (text, reference)]
        // One may be the beginning of another.
        fetched.sort { $0.text.utf8.count > $1.text.utf8.count }
    }

    private func withReferences(_ message: String) -> String {
        guard !fetched.isEmpty else { return message }
        var (said, rest) = ("", message[...])
        while let next = rest.first {
            if let found = fetched.first(where: { rest.hasPrefix($0.text) }) {
                said += found.reference
                rest = rest.dropFirst(found.text.count)
            } else {
                said.append(next)
                rest.removeFirst()
            }
        }
        return said
    }

    func report(_ path: ConfigurationPath, _ message: String) {
        guard !isMuted else { return }
        var known: ConfigurationPath? = path
        while let candidate = known, order[candidate] == nil { known = candidate.parent }
        let problem = ConfigurationProblem(
            place: path.description, message: withReferences(message))
        reported.append((known.flatMap { order[$0] } ?? 0, problem))
    }

    /// As the file has them; a missing setting counts where its object begins.
    var problems: [ConfigurationProblem] {
        reported.enumerated()
            .sorted { ($0.element.order, $0.offset) < ($1.element.order, $1.offset) }
            .map(\.element.problem)
    }

    private static func number(
        _ value: JSONValue, _ path: ConfigurationPath, _ order: inout [ConfigurationPath: Int]
    ) {
        order[path] = order.count
        for member in value.object?.members ?? [] {
            number(member.value, path.key(member.key), &order)
        }
        for (index, element) in (value.array ?? []).enumerated() {
            number(element, path.index(index), &order)
        }
    }
}
