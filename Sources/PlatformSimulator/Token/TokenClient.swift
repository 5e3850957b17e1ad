/// A credential that may ask for tokens. Several secrets are valid at once, as during a rotation.
struct TokenClient: Sendable {
    var organisation: String
    var secrets: [String]
}
