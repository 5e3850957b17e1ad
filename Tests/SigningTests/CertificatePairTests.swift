import Foundation
import RelayTesting
import Testing

@testable import Signing

struct CertificatePairTests {
    private func read(_ name: String, _ folder: TemporaryFolder) throws -> [UInt8] {
        [UInt8](try #require(FileManager.default.contents(atPath: folder.file(name))))
    }

    @Test func `a pair is told from two halves, and says how long it lasts`() throws {
        let folder = try TemporaryFolder()
        try Certificates.make("one", in: folder)
        let (one, key) = (try read("cert.pem", folder), try read("key.pem", folder))
        try Certificates.make("two", in: folder)
        let two = try read("cert.pem", folder)
        let pair = try CertificatePair(certificatePEM: one, keyPEM: key)
        #expect(pair.validUntilMs - pair.validFromMs == 30 * 86_400_000)
        #expect(throws: CertificatePair.Fault.mismatch) {
            try CertificatePair(certificatePEM: two, keyPEM: key)
        }
        #expect(throws: CertificatePair.Fault.noCertificate) {
            try CertificatePair(certificatePEM: key, keyPEM: key)
        }
        #expect(throws: CertificatePair.Fault.noKey) {
            try CertificatePair(certificatePEM: one, keyPEM: Array("no key".utf8))
        }
    }

    @Test func `a key with a passphrase is refused without asking for it`() throws {
        let folder = try TemporaryFolder()
        try Certificates.make("one", in: folder)
        let certificate = try read("cert.pem", folder)
        let locked = try ChildProcess.run(
            try #require(Program.onPath("openssl")),
            [
                "pkcs8", "-topk8", "-in", folder.file("key.pem"), "-out", folder.file("locked"),
                "-passout", "pass:secret",
            ])
        #expect(locked.code == 0)
        #expect(throws: CertificatePair.Fault.noKey) {
            try CertificatePair(
                certificatePEM: certificate, keyPEM: try read("locked", folder))
        }
    }
}
