import RelayTesting
import Testing

/// Certificates and keys as `openssl` writes them.
enum Certificates {
    /// A certificate of its own for this name in `cert.pem`, with its key in `key.pem`, in place
    /// of those that were there.
    static func make(_ name: String, days: Int = 30, in folder: TemporaryFolder) throws {
        let made = try ChildProcess.run(
            try #require(Program.onPath("openssl")),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "\(days)", "-subj", "/CN=\(name)", "-keyout",
                folder.file("key.pem"), "-out", folder.file("cert.pem"),
            ])
        #expect(made.code == 0)
    }
}
