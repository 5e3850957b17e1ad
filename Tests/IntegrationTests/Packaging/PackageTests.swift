import Foundation
import Glibc
import RelayTesting
import Testing

/// What is in the package, and what its scripts do in a folder instead of a system.
struct PackageTests {
    private let package: TrialPackage.Made

    init() throws {
        package = try TrialPackage.made.get()
    }

    private func run(_ program: String, _ words: String...) throws -> CommandResult {
        try ChildProcess.run(try #require(Program.onPath(program)), words)
    }

    @Test func `the package holds all that an operator needs`() throws {
        let listing = try run("dpkg-deb", "--contents", package.first)
        #expect(listing.code == 0)
        for path in [
            "-rwxr-xr-x root/root ./usr/bin/holdfast",
            "-rw-r--r-- root/root ./usr/lib/systemd/system/holdfast.service",
            "-rw-r--r-- root/root ./usr/lib/systemd/system/holdfast.socket",
            "-rw-r--r-- root/root ./usr/lib/systemd/system/holdfast-admin.socket",
            "-rw-r--r-- root/root ./usr/lib/sysusers.d/holdfast.conf",
            "-rw-r--r-- root/root ./usr/lib/tmpfiles.d/holdfast.conf",
            "-rw-r--r-- root/root ./usr/share/man/man1/holdfast.1.gz",
            "-rw-r--r-- root/root ./usr/share/bash-completion/completions/holdfast",
            "-rw-r--r-- root/root ./usr/share/zsh/vendor-completions/_holdfast",
            "-rw-r--r-- root/root ./usr/share/fish/vendor_completions.d/holdfast.fish",
            "-rw-r--r-- root/root ./usr/share/doc/holdfast/copyright",
            "-rw-r--r-- root/root ./usr/share/doc/holdfast/changelog.gz",
            "-rw-r--r-- root/root ./usr/share/doc/holdfast/install.md.gz",
            "-rw-r--r-- root/root ./usr/share/doc/holdfast/upgrade.md.gz",
            "-rw-r--r-- root/root ./usr/share/doc/holdfast/examples/holdfast.json5",
            "-rw-r--r-- root/root ./usr/share/doc/holdfast/examples/nginx.conf",
            "-rw-r--r-- root/root ./etc/holdfast/holdfast.json5",
            "drwx------ root/root ./etc/holdfast/credentials/",
        ] {
            let words = path.split(separator: " ")
            #expect(
                listing.lines.contains { line in
                    line.hasPrefix("\(words[0]) \(words[1]) ") && line.hasSuffix(" \(words[2])")
                }, "\(path)")
        }
        #expect(!listing.output.contains("platform-simulator\n"))
    }

    @Test func `its dependencies are what the program is linked with`() throws {
        let depends = try run("dpkg-deb", "--field", package.first, "Depends").output
        for library in ["libc6", "libcurl4", "libmicrohttpd12", "libsqlite3-0", "libssl3"] {
            #expect(depends.contains("\(library) (>= "), "\(library)")
        }
    }

    @Test func `the changelog of the package speaks of this version`() throws {
        let own = try run(
            "dpkg-parsechangelog", "-l", Checkout.path("deploy/debian/changelog"), "-S", "Version")
        let version = try ChildProcess.run(Program.holdfast, ["version"]).output
        let number = version.split { " \n".contains($0) }.last.map { String($0) } ?? "?"
        #expect(own.output.hasPrefix(number + "-"))
    }

    /// A package with the release binary has nothing left; this one is linked with the toolchain.
    @Test func `lintian finds nothing but where the toolchain lies`() throws {
        let found = try run(
            "lintian", "--allow-root", "--tag-display-limit", "0", package.first)
        let lines = found.lines.filter { line in
            ["E:", "W:"].contains { line.hasPrefix($0) }
                && !line.contains("custom-library-search-path")
        }
        #expect(lines == [], "\(found.errors)")
    }

    @Test(.enabled(if: getuid() == 0, "only root may give files to another user"))
    func `installed into a folder it makes user and data directory, and purge leaves nothing`()
        throws
    {
        let root = try PackageRoot()
        try root.install(package.first)
        let user = try #require(root.passwd().first { $0.hasPrefix("holdfast:") })
        let number = try #require(user.split(separator: ":").dropFirst(2).first)
        #expect(user.hasSuffix(":/var/lib/holdfast:/usr/sbin/nologin"))
        #expect(try root.mode("var/lib/holdfast") == "750 \(number)")
        #expect(try root.mode("etc/holdfast/credentials") == "700 0")
        #expect(try root.mode("etc/holdfast/holdfast.json5") == "644 0")

        // What an operator has changed stays over an upgrade, and what the relay wrote too.
        try root.write("etc/holdfast/holdfast.json5", "// mine\n")
        try root.write("etc/holdfast/credentials/chatlio-token", "secret\n")
        try root.write("var/lib/holdfast/holdfast.db", "data")
        try root.install(package.second)
        #expect(try root.read("etc/holdfast/holdfast.json5") == "// mine\n")
        #expect(try root.read("var/lib/holdfast/holdfast.db") == "data")

        try root.dpkg("--remove", "holdfast")
        #expect(!root.has("usr/bin/holdfast"))
        #expect(!root.has("usr/lib/systemd/system/holdfast.service"))
        #expect(root.has("etc/holdfast/holdfast.json5"))
        #expect(root.has("var/lib/holdfast/holdfast.db"))

        try root.dpkg("--purge", "holdfast")
        for path in ["etc/holdfast", "var/lib/holdfast", "usr/share/doc/holdfast"] {
            #expect(!root.has(path), "\(path)")
        }
        #expect(root.passwd().contains { $0.hasPrefix("holdfast:") })
    }

    @Test(.enabled(if: getuid() == 0, "only root may give files to another user"))
    func `the configuration of the package names what it needs before it starts`() throws {
        let root = try PackageRoot()
        try root.install(package.first)
        let program = root.path + "/usr/bin/holdfast"
        let configuration = root.path + "/etc/holdfast/holdfast.json5"
        let credentials = try TemporaryFolder()
        let environment = ["CREDENTIALS_DIRECTORY": credentials.path]
        func check() throws -> CommandResult {
            try ChildProcess.run(
                program, ["check", "--config", configuration], environment: environment)
        }
        let names = [
            "chatlio-token", "platform-inlet-url", "platform-flow-id", "platform-client-id",
            "platform-client-secret",
        ]
        let before = try check()
        #expect(before.code == 2)
        for name in names { #expect(before.errors.contains("secret_\(name)"), "\(name)") }
        for name in names {
            let value =
                switch name {
                case "platform-inlet-url": "https://dcs.adobedc.net/collection/0123456789abcdef"
                case "platform-flow-id", "platform-client-id": SimulatorUnderTest.flowID
                default: RelaySettings.token
                }
            try value.write(
                toFile: credentials.file("secret_\(name)"), atomically: true, encoding: .utf8)
        }
        let after = try check()
        #expect(after.code == 0, "\(after.errors)")
        #expect(!after.output.contains(RelaySettings.token))
    }

    @Test(.enabled(if: getuid() == 0, "only root may give files to another user"))
    func `without systemd-tmpfiles, as in a container, the data directory is made as well`()
        throws
    {
        let root = try PackageRoot()
        try root.hide("systemd-tmpfiles")
        try root.install(package.first)
        let user = try #require(root.passwd().first { $0.hasPrefix("holdfast:") })
        let number = try #require(user.split(separator: ":").dropFirst(2).first)
        #expect(try root.mode("var/lib/holdfast") == "750 \(number)")
    }

    @Test func `make install brings every page and every example`() throws {
        let folder = try TemporaryFolder()
        let programs = URL(fileURLWithPath: Program.holdfast).deletingLastPathComponent().path
        let result = try ChildProcess.run(
            Checkout.path(".ci/install"), [folder.path],
            environment: ["HOLDFAST_BINARIES": programs])
        #expect(result.code == 0, "\(result.errors)")
        let there = Set(try FileManager.default.subpathsOfDirectory(atPath: folder.path))
        for name in ["holdfast", "platform-simulator"] { #expect(there.contains("bin/\(name)")) }
        #expect(there.contains("share/man/man1/holdfast.1"))
        let examples = try FileManager.default.subpathsOfDirectory(
            atPath: Checkout.path("deploy")
        ).filter { $0.contains(".") && !$0.hasPrefix("debian") && !$0.hasSuffix(".1") }
        for name in examples + ["Dockerfile", "Caddyfile"] {
            #expect(there.contains("share/doc/holdfast/examples/\(name)"), "\(name)")
        }
        for name in try FileManager.default.contentsOfDirectory(atPath: Checkout.path("docs"))
        where name.hasSuffix(".md") {
            #expect(there.contains("share/doc/holdfast/\(name)"), "\(name)")
        }
    }
}
