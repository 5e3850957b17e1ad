internal import RelayCore

/// Takes the members of one object of the configuration. Remembers what was asked for, so that
/// `finish` can name what nobody knows, and keeps the effective settings for showing.
final class ObjectReader {
    let path: ConfigurationPath
    private(set) var context: ReadingContext
    private let object: JSONObject
    private var known: [String] = []
    private var effective = JSONObject()

    init(_ object: JSONObject, at path: ConfigurationPath, in context: ReadingContext) {
        self.object = object
        self.path = path
        self.context = context
    }

    /// The object with defaults filled in and secrets masked, in the order of reading.
    var shown: JSONValue { .object(effective) }

    /// The members' names as the file has them, for objects whose keys are names.
    var names: [String] {
        var seen: Set<String> = []
        return object.keys.filter { seen.insert($0).inserted }
    }

    func has(_ key: String) -> Bool {
        object[key].map { !$0.isNull } ?? false
    }

    func required<Value>(_ key: String, _ field: Field<Value>) -> Value {
        read(key, field, otherwise: nil) ?? missing(key, field)
    }

    /// The default is read like a setting, so it obeys the same rules and is shown the same way.
    func value<Value>(_ key: String, _ field: Field<Value>, default: JSONValue) -> Value {
        read(key, field, otherwise: `default`) ?? field.standIn(place(key))
    }

    func optional<Value>(_ key: String, _ field: Field<Value>) -> Value? {
        read(key, field, otherwise: nil)
    }

    /// The member that decides which other members there are. When it is wrong, nothing more can
    /// be said about this object, and nothing more is.
    func kind<Kind: RawRepresentable & CaseIterable & Sendable>(
        _ key: String = "kind", default: Kind? = nil
    ) -> Kind where Kind.RawValue == String {
        let field = Field<Kind>.choice()
        let given = object[key].flatMap { $0.isNull ? nil : $0 }
        guard let value = given ?? `default`.map({ .string($0.rawValue) }),
            let reading = field.read(value, place(key))
        else {
            if given == nil { report(key, "is required: \(Field<Kind>.choices)") }
            context = context.muted
            return field.standIn(place(key))
        }
        known.append(key)
        effective[key] = reading.shown
        return reading.value
    }

    func report(_ key: String, _ message: String) {
        context.report(path.key(key), message)
    }

    func place(_ key: String) -> Place {
        Place(path: path.key(key), context: context)
    }

    /// To be called when every known key has been asked for.
    func finish() {
        let counts = Dictionary(object.keys.map { ($0, 1) }, uniquingKeysWith: +)
        for key in names {
            if counts[key, default: 1] > 1 { report(key, "stands here twice") }
            guard !known.contains(key) else { continue }
            if let nearest = NearestName.of(key, among: known) {
                report(key, "unknown key; did you mean \(nearest)?")
            } else {
                report(key, "unknown key; known here: \(known.joined(separator: ", "))")
            }
        }
    }

    private func read<Value>(
        _ key: String, _ field: Field<Value>, otherwise: JSONValue?
    ) -> Value? {
        known.append(key)
        let given = object[key].flatMap { $0.isNull ? nil : $0 }
        guard let value = given ?? otherwise else { return nil }
        guard let reading = field.read(value, place(key)) else {
            return field.standIn(place(key))
        }
        effective[key] = reading.shown
        return reading.value
    }

    private func missing<Value>(_ key: String, _ field: Field<Value>) -> Value {
        // Null is how a file says "not set"; here it must be.
        if object[key] == nil {
            report(key, "is required")
        } else if field.read(.null, place(key)) != nil {
            report(key, "is required, and is null")
        }
        return field.standIn(place(key))
    }
}
