/// The members of a JSON object in their order. Duplicate keys are kept; looking up gives the
/// last. Looking up walks the members: meant for the small objects of answers and settings.
package struct JSONObject: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package var key: String
        package var value: JSONValue

        package init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    package private(set) var members: [Member]

    package init(_ members: [Member] = []) {
        self.members = members
    }

    package var isEmpty: Bool { members.isEmpty }

    package var keys: [String] { members.map(\.key) }

    /// By code units: Swift's string equality would take canonically equivalent keys for the same.
    private static func same(_ one: String, _ other: String) -> Bool {
        one.utf8.elementsEqual(other.utf8)
    }

    package mutating func append(_ key: String, _ value: JSONValue) {
        members.append(Member(key: key, value: value))
    }

    /// Setting replaces every member of that name, in the place of the last; nil removes them.
    package subscript(key: String) -> JSONValue? {
        get { members.last { Self.same($0.key, key) }?.value }
        set {
            guard let newValue else {
                members.removeAll { Self.same($0.key, key) }
                return
            }
            guard let last = members.lastIndex(where: { Self.same($0.key, key) }) else {
                append(key, newValue)
                return
            }
            members[last].value = newValue
            let kept = members[last]
            let duplicates = members[..<last].filter { Self.same($0.key, key) }.count
            guard duplicates > 0 else { return }
            members.removeAll { Self.same($0.key, key) }
            members.insert(kept, at: last - duplicates)
        }
    }
}
