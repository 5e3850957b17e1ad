/// What a row of `names` names.
package enum NameKind: String, Sendable {
    case source, hook, destination
}
