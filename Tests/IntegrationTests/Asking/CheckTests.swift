import Foundation
import RelayCore
import RelayTesting
import Testing

struct CheckTests {
    private func relay(_ folder: TemporaryFolder) throws -> RelayUnderTest {
        var settings = RelaySettings(inletURL: "http://127.0.0.1:1/collection/x")
        settings.intake["tls"] = [
            "certificate": .string(folder.file("cert.pem")), "key": .string(folder.file("key.pem")),
        ]
        return try RelayUnderTest(settings)
    }

    @Test func `a certificate and a key that do not fit are told before a restart`() throws {
        let folder = try TemporaryFolder()
        try Certificates.make("one.example", in: folder)
        let relay = try relay(folder)
        #expect(try relay.ask("check").code == 0)
        #expect(try relay.ask("check").errors.isEmpty)
        let certificate = try String(contentsOfFile: folder.file("cert.pem"), encoding: .utf8)
        try Certificates.make("two.example", in: folder)
        try certificate.write(toFile: folder.file("cert.pem"), atomically: true, encoding: .utf8)
        let misfit = try relay.ask("check")
        #expect(misfit.code == 1)
        #expect(misfit.errors.contains("intake.tls.key: "))
        #expect(misfit.errors.contains("does not belong to the certificate"))
        // The configuration itself can be read, and is shown.
        #expect(misfit.output.contains("maxBodyBytes"))
    }

    @Test func `a certificate that ends soon is said`() throws {
        let folder = try TemporaryFolder()
        try Certificates.make("one.example", days: 3, in: folder)
        let relay = try relay(folder)
        let soon = try relay.ask("check")
        #expect(soon.code == 0)
        #expect(soon.errors.contains("renew it, then send SIGHUP"))
    }

    @Test func `a data directory that is a file is told`() throws {
        let folder = try TemporaryFolder()
        try Certificates.make("one.example", in: folder)
        let relay = try relay(folder)
        try "".write(toFile: relay.dataDirectory, atomically: true, encoding: .utf8)
        let result = try relay.ask("check")
        #expect(result.code == 1)
        #expect(result.errors.contains("is no directory"))
    }
}
