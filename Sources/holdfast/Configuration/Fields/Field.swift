internal import RelayCore

/// What one setting may be: how its value is read, and what stands in for it when it cannot be.
struct Field<Value> {
    struct Reading {
        let value: Value
        /// How the effective configuration shows it; never holds a secret.
        let shown: JSONValue
    }

    /// Nil when the value was refused and the problem reported.
    let read: (JSONValue, Place) -> Reading?
    /// Keeps the reading going after a problem; never gets out of the reader.
    let standIn: (Place) -> Value
}

/// A setting's path, with the means to report on it.
struct Place {
    let path: ConfigurationPath
    let context: ReadingContext

    func report(_ message: String) { context.report(path, message) }

    func index(_ index: Int) -> Place { Place(path: path.index(index), context: context) }

    func key(_ name: String) -> Place { Place(path: path.key(name), context: context) }

    var muted: Place { Place(path: path, context: context.muted) }

    func wrongType(_ value: JSONValue, expected: String) {
        report("must be \(expected), not \(value.kind)")
    }
}
