internal import Signing

/// A header field that is added to every request to a destination.
struct HeaderSetting: Sendable, Equatable {
    let name: String
    let value: Secret

    /// RFC 9110 section 5.6.2, token.
    static func isName(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                let scalar = UnicodeScalar(byte)
                return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                    || ("0"..."9").contains(scalar) || "!#$%&'*+-.^_`|~".utf8.contains(byte)
            }
    }
}
