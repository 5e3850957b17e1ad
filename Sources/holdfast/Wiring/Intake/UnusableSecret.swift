/// A secret that passed for text and holds no key, such as nothing behind the prefix.
struct UnusableSecret: Error, CustomStringConvertible {
    let source: String

    var description: String { "sources.\(source).verify: a secret holds no key" }
}
