import Foundation
import RelayCore
import RelayRuntime
import RelayTesting
import Testing

@testable import holdfast

struct ConfigurationCheckTests {
    private func check(days: Int64, dataDirectory: String? = nil) throws -> ConfigurationCheck {
        let folder = try TemporaryFolder()
        try Certificates.make("x", in: folder)
        var world = ConfigurationWorld()
        for name in ["cert.pem", "key.pem"] {
            let data = try #require(FileManager.default.contents(atPath: folder.file(name)))
            world.files[name] = .success([UInt8](data))
        }
        let text = ConfigurationText.whole(
            top: #"intake: { tls: { certificate: "cert.pem", key: "key.pem" } }"#
        ).replacing("\"/data\"", with: "\"\(dataDirectory ?? folder.path)\"")
        let effective = try #require(try? world.read(text).get())
        return ConfigurationCheck(
            effective.configuration, in: world.environment,
            now: SystemClock().now.adding(ms: days * 86_400_000))
    }

    @Test func `a certificate is told before it ends, after it has, and before it begins`() throws {
        let good = try check(days: 1)
        #expect(good.problems.isEmpty && good.warnings.isEmpty)
        let soon = try check(days: 20)
        #expect(soon.problems.isEmpty)
        let place = "intake.tls.certificate: cert.pem"
        #expect(soon.warnings.first?.hasPrefix("\(place) expires at") == true)
        #expect(try check(days: 40).problems.first?.contains("expired at") == true)
        #expect(try check(days: -2).problems.first?.contains("is not valid before") == true)
    }

    @Test func `a data directory is looked for up to the first one that is there`() throws {
        let folder = try TemporaryFolder()
        let missing = try check(days: 1, dataDirectory: folder.file("a/b/c"))
        #expect(missing.problems.isEmpty)
        try "".write(toFile: folder.file("file"), atomically: true, encoding: .utf8)
        let file = try check(days: 1, dataDirectory: folder.file("file"))
        #expect(file.problems.first?.contains("is no directory") == true)
        let below = try check(days: 1, dataDirectory: folder.file("file/data"))
        #expect(below.problems.first?.contains("is no directory") == true)
    }

    @Test(arguments: ["/proc", "/proc/data", "/sys/data", "/sys/kernel/data"])
    func `a data directory where no file can be made is told`(path: String) throws {
        let problem = try check(days: 1, dataDirectory: path).problems.first
        #expect(problem?.hasPrefix("dataDirectory: ") == true, "\(problem ?? "none")")
    }

    @Test func `a data directory with too long a name or path is told`() throws {
        let folder = try TemporaryFolder()
        let name = String(repeating: "n", count: 256)
        let long = try check(days: 1, dataDirectory: folder.file(name + "/data"))
        #expect(long.problems.first?.contains("a name of 256 bytes is too long") == true)
        #expect(try check(days: 1, dataDirectory: folder.file("" + name.dropLast())).problems == [])
        let deep = String(repeating: "/name567890", count: 50)
        let path = try check(days: 1, dataDirectory: folder.file("d" + deep))
        #expect(path.problems.first?.contains("the store takes at most 484") == true)
    }

    @Test func `what is kept out of the file is not shown by check`() throws {
        var world = ConfigurationWorld()
        world.variables["FLOW"] = "flow-4711"
        let text = ConfigurationText.whole().replacing(
            "flowId: \"f\"", with: "flowId: \"env:FLOW\"")
        let effective = try #require(try? world.read(text).get())
        #expect(!effective.render().contains("flow-4711"))
        #expect(effective.render().contains("\"env:FLOW\""))
    }
}
