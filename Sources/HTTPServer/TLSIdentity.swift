/// A certificate chain and its private key, both PEM.
package struct TLSIdentity: Sendable {
    package let certificatePEM: [UInt8]
    package let keyPEM: [UInt8]

    package init(certificatePEM: [UInt8], keyPEM: [UInt8]) {
        self.certificatePEM = certificatePEM
        self.keyPEM = keyPEM
    }
}
