import Foundation
import RelayTesting
import Testing

/// `.ci/deps` on a machine that is played by a few scripts.
struct DependencyTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        for name in [".ci", "bin"] {
            try FileManager.default.createDirectory(
                atPath: folder.file(name), withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(
            atPath: Checkout.path(".ci/deps"), toPath: folder.file(".ci/deps"))
        try script("swift", "true")
        // Everything that is asked for is installed.
        try script(
            "dpkg-query",
            "shift 3; for package; do printf 'installed:%s ' \"$package\"; done")
    }

    private func script(_ name: String, _ text: String) throws {
        let path = folder.file("bin/\(name)")
        try "#!/bin/sh\n\(text)\n".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }

    private func run() throws -> CommandResult {
        try ChildProcess.run(
            "/bin/bash", [folder.file(".ci/deps"), "test"],
            environment: ["PATH": folder.file("bin") + ":/usr/bin:/bin"])
    }

    private func isThere(_ tool: String) -> Bool {
        FileManager.default.fileExists(atPath: folder.file(".build/tools/\(tool)"))
    }

    @Test func `a package that cannot be unpacked is not taken for one that is`() throws {
        try script("apt-get", "[ \"$1\" = update ] || touch \"$3.deb\"")
        try script("dpkg-deb", "exit 1")
        #expect(try run().code == 1)
        #expect(!isThere("nginx.unpacked"))
        // The next one begins anew, whatever was left.
        try script("dpkg-deb", "[ $# -eq 3 ] && mkdir \"$3/usr\"")
        #expect(try run().code == 0)
        #expect(isThere("nginx.unpacked") && isThere("nginx/usr"))
    }

    @Test func `a user who may not fetch package lists is told what to run`() throws {
        try script("id", "echo 1000")
        try script("sudo", "exit 1")
        try script("apt-get", "echo 'no such package' >&2; exit 100")
        let result = try run()
        #expect(result.code == 1)
        #expect(result.errors.contains("no such package"))
        #expect(result.errors.contains("sudo apt-get update"))
    }
}
