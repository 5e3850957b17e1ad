package import Signing

/// A streaming endpoint with an id of its own.
package struct Inlet: Sendable {
    package enum DataType: String, Sendable, CaseIterable { case raw, xdm }

    package let id: String
    package var organisation = BuiltIn.organisation
    package var requiresAuthentication = false
    package var dataType = DataType.raw
    package var sourceID = ""
    package var signature: SignatureCheck?

    package struct SignatureCheck: Sendable {
        package enum Encoding: String, Sendable, CaseIterable { case hex, base64 }

        package var secret: Secret
        package var encoding: Encoding

        package init(secret: Secret, encoding: Encoding) {
            self.secret = secret
            self.encoding = encoding
        }
    }

    package init(id: String) {
        self.id = id
    }
}
