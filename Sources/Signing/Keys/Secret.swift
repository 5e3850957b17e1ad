/// Bytes that must not appear in logs, dumps or error messages.
///
/// Everything that prints a value shows `***` for this one, also when it sits inside another type.
package struct Secret: Sendable {
    /// The bytes themselves. The name is meant to stand out where it is used.
    package let revealed: [UInt8]

    package init(_ bytes: [UInt8]) {
        revealed = bytes
    }

    /// The UTF-8 bytes of a secret that is used as text.
    package init(text: some StringProtocol) {
        revealed = Array(text.utf8)
    }

    package var isEmpty: Bool { revealed.isEmpty }
}

extension Secret: Equatable {
    package static func == (left: Secret, right: Secret) -> Bool {
        SecretDigest(of: left).constantTimeEquals(SecretDigest(of: right))
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "***" }
    package var debugDescription: String { "***" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
