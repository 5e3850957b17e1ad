import Foundation
import RelayTesting
import Testing

@testable import Signing

struct CertificatePairTests {
    private func make(_ name: String, days: Int, in folder: TemporaryFolder) throws -> [UInt8] {
        let made = try ChildProcess.run(
            try #require(Program.onPath("openssl")),
            [
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
                "-nodes", "-days", "\(days)", "-subj", "/CN=\(name)", "-keyout",
                folder.file("\(name).key"), "-out", folder.file("\(name).pem"),
            ])
        #expect(made.code == 0)
        return try read("\(name).pem", folder)
    }

    private func read(_ name: String, _ folder: TemporaryFolder) throws -> [UInt8] {
        [UInt8](try #require(FileManager.default.contents(atPath: folder.file(name))))
    }

    @Test func `a pair is told from two halves, and says how long it lasts`() throws {
        let folder = try TemporaryFolder()
        let one = try make("one", days: 30, in: folder)
        let two = try make("two", days: 30, in: folder)
        let key = try read("one.key", folder)
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
        let certificate = try make("one", days: 30, in: folder)
        let locked = try ChildProcess.run(
            try #require(Program.onPath("openssl")),
            [
                "pkcs8", "-topk8", "-in", folder.file("one.key"), "-out", folder.file("locked"),
                "-passout", "pass:secret",
            ])
        #expect(locked.code == 0)
        #expect(throws: CertificatePair.Fault.noKey) {
            try CertificatePair(
                certificatePEM: certificate, keyPEM: try read("locked", folder))
        }
    }
}
