/// Certificates and keys as `openssl` writes them.
package enum Certificates {
    /// A certificate of its own for this name in `cert.pem`, with its key in `key.pem`, in place
    /// of those that were there.
    package static func make(
        _ name: String, days: Int = 30, in folder: TemporaryFolder
    ) throws {
        guard let openssl = Program.onPath("openssl") else {
            throw NeverHappened("openssl on the path")
        }
        let made = try ChildProcess.run(
            openssl,
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "\(days)", "-subj", "/CN=\(name)", "-keyout",
                folder.file("key.pem"), "-out", folder.file("cert.pem"),
            ])
        guard made.code == 0 else { throw NeverHappened("a certificate: \(made.errors)") }
    }
}
