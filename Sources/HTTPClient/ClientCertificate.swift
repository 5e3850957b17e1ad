/// PEM files with which the client proves itself to the server.
package struct ClientCertificate: Sendable, Hashable {
    package var certificateFile: String
    package var keyFile: String
    package var keyPassword: String?

    package init(certificateFile: String, keyFile: String, keyPassword: String? = nil) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
        self.keyPassword = keyPassword
    }
}
