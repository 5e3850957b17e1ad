import Foundation

/// Makes a certificate for 127.0.0.1 that signs itself: `cert.pem` and `key.pem` in a folder.
enum Certificate {
    /// - Parameter isExpired: valid for a day, years ago.
    static func make(in folder: URL, isExpired: Bool = false) throws {
        var words = [
            "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "key.pem",
            "-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1",
        ]
        if isExpired {
            // `req` cannot date a certificate back; `ca` can.
            try run(["req", "-new", "-out", "request.pem"] + words, in: folder)
            try "01\n".write(
                to: folder.appending(path: "serial"), atomically: true, encoding: .utf8)
            try "".write(to: folder.appending(path: "index"), atomically: true, encoding: .utf8)
            try authority.write(
                to: folder.appending(path: "ca.conf"), atomically: true, encoding: .utf8)
            words = [
                "ca", "-batch", "-config", "ca.conf", "-selfsign", "-keyfile", "key.pem", "-in",
                "request.pem", "-out", "cert.pem", "-notext", "-startdate", "20200101000000Z",
                "-enddate", "20200102000000Z",
            ]
        } else {
            words = ["req", "-x509", "-out", "cert.pem", "-days", "2"] + words
        }
        try run(words, in: folder)
    }

    private static let authority = """
        [ca]
        default_ca = self
        [self]
        database = index
        serial = serial
        new_certs_dir = .
        default_md = sha256
        policy = any
        copy_extensions = copy
        [any]
        commonName = supplied

        """

    private static func run(_ words: [String], in folder: URL) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = words
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
    }
}
