import Foundation
import Testing

@testable import holdfast

struct ConfigurationEnvironmentTests {
    @Test func `real files are read, and what cannot be read says why`() throws {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("configuration-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let secret = folder.appendingPathComponent("secret")
        try Data("abc\n".utf8).write(to: secret)
        let link = folder.appendingPathComponent("link")
        try FileManager.default.createSymbolicLink(at: link, withDestinationURL: folder)
        let long = folder.appendingPathComponent("long")
        try Data(count: 4 * 1_048_576 + 1).write(to: long)

        let environment = ConfigurationEnvironment.process
        #expect(environment.file(secret.path) == .success(Array("abc\n".utf8)))
        #expect(environment.file(folder.path) == .failure(.isDirectory))
        #expect(environment.file(link.path) == .failure(.isDirectory))
        #expect(environment.file(secret.path + "x") == .failure(.missing))
        #expect(environment.file(long.path) == .failure(.tooLong(limitBytes: 4 * 1_048_576)))
        #expect(environment.variable("PATH") != nil)
    }
}
