internal import CCrypto

/// A server's certificate and private key, as far as can be said of them without a handshake.
package struct CertificatePair: Sendable, Hashable {
    package enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
        case noCertificate, noKey, mismatch

        package var description: String {
            switch self {
            case .noCertificate: "holds no certificate in PEM"
            case .noKey: "holds no private key in PEM, or one with a passphrase"
            case .mismatch: "does not belong to the certificate"
            }
        }
    }

    /// Of the first certificate, which is the server's own; milliseconds since 1970.
    package let validFromMs: Int64
    package let validUntilMs: Int64

    package init(certificatePEM: [UInt8], keyPEM: [UInt8]) throws(Fault) {
        guard let certificate = unsafe Self.certificate(certificatePEM) else {
            throw .noCertificate
        }
        defer { unsafe X509_free(certificate) }
        guard let key = unsafe Self.key(keyPEM) else { throw .noKey }
        defer { unsafe EVP_PKEY_free(key) }
        let isPair = unsafe X509_check_private_key(certificate, key) == 1
        // What was found wrong stands in the thread's queue of errors, where nobody wants it.
        ERR_clear_error()
        guard isPair else { throw .mismatch }
        validFromMs = unsafe Self.milliseconds(X509_get0_notBefore(certificate))
        validUntilMs = unsafe Self.milliseconds(X509_get0_notAfter(certificate))
    }

    private static func certificate(_ pem: [UInt8]) -> OpaquePointer? {
        unsafe withMemory(pem) { memory in
            unsafe PEM_read_bio_X509(memory, nil, noPassphrase, nil)
        }
    }

    private static func key(_ pem: [UInt8]) -> OpaquePointer? {
        unsafe withMemory(pem) { memory in
            unsafe PEM_read_bio_PrivateKey(memory, nil, noPassphrase, nil)
        }
    }

    /// Without it libcrypto would ask at the terminal.
    private static let noPassphrase:
        @convention(c) (
            UnsafeMutablePointer<CChar>?, Int32, Int32, UnsafeMutableRawPointer?
        ) -> Int32 = { _, _, _, _ in -1 }

    private static func withMemory(
        _ bytes: [UInt8], _ body: (OpaquePointer) -> OpaquePointer?
    ) -> OpaquePointer? {
        defer { ERR_clear_error() }
        return unsafe bytes.withUnsafeBytes { buffer in
            guard
                let memory = unsafe BIO_new_mem_buf(
                    buffer.baseAddress, Int32(clamping: buffer.count))
            else { return nil }
            defer { unsafe BIO_free(memory) }
            return unsafe body(memory)
        }
    }

    private static func milliseconds(_ time: UnsafePointer<ASN1_TIME>?) -> Int64 {
        let epoch = unsafe ASN1_TIME_set(nil, 0)
        defer { unsafe ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return 0 }
        return (Int64(days) * 86_400 + Int64(seconds)) * 1000
    }
}
