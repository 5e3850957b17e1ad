/// What must be gone with a simulation. A part of a life that outlives it keeps its store open, and
/// with that the store's memory and its disk.
final class Remains {
    private struct Part {
        let name: String
        weak var object: AnyObject?
    }

    private var parts: [Part] = []

    func add(_ name: String, _ object: AnyObject) { parts.append(Part(name: name, object: object)) }

    /// What is still there.
    var names: [String] { parts.filter { $0.object != nil }.map(\.name) }
}
