import Foundation
import RelayTesting
import Testing

/// What can be held of the container files without an engine to build and run them.
struct ContainerTests {
    /// Instructions with their continued lines joined.
    private func instructions() throws -> [[String]] {
        let text = try Checkout.text("deploy/Dockerfile").replacing("\\\n", with: " ")
        return text.split(separator: "\n").map { String($0) }
            .filter { !$0.hasPrefix("#") }
            .map { $0.split(separator: " ").map { String($0) } }
    }

    @Test func `each file that is copied into the image exists`() throws {
        let copies = try instructions().filter { $0.first == "COPY" }
        #expect(copies.count > 5)
        for copy in copies where copy[1] != "--from=build" {
            for source in copy.dropFirst().dropLast() {
                #expect(
                    FileManager.default.fileExists(atPath: Checkout.path(source)), "\(source)")
            }
        }
    }

    @Test func `the packages of the first stage are those that make deb asks for`() throws {
        let dependencies = try Checkout.text(".ci/deps").split(separator: "\n")
        let wanted = dependencies.filter {
            $0.hasPrefix("build_packages=(") || $0.hasPrefix("deb_packages=(")
        }.flatMap { line in
            line.drop { $0 != "(" }.dropFirst().dropLast().split(separator: " ").map { String($0) }
        }
        #expect(wanted.count > 5)
        let first = try #require(try instructions().first { $0.contains("install") })
        let installed = first.drop { $0 != "install" }.dropFirst().prefix { $0 != "&&" }
            .filter { !$0.hasPrefix("--") }
        #expect(Set(installed) == Set(wanted))
    }

    @Test func `the image runs as its own user, with a health check, as one process`() throws {
        let all = try instructions()
        #expect(all.last { $0.first == "USER" } == ["USER", "holdfast"])
        #expect(all.contains { $0.first == "HEALTHCHECK" && $0.contains("CMD") })
        #expect(all.contains { $0.first == "ENTRYPOINT" && $0[1].hasPrefix("[\"/usr/bin/") })
        let secrets = ["ENV", "CREDENTIALS_DIRECTORY=/run/secrets"]
        #expect(all.contains(secrets))
    }

    @Test func `the compose file mounts what the configuration names`() throws {
        let script = """
            import sys, yaml
            compose = yaml.safe_load(open(sys.argv[1]))
            relay = compose["services"]["relay"]
            assert set(relay["secrets"]) == set(compose["secrets"]), "secrets"
            for service in compose["services"].values():
                for volume in service.get("volumes", []):
                    name = volume.split(":")[0]
                    assert name.startswith("./") or name in compose["volumes"], name
            assert relay["read_only"] and relay["cap_drop"] == ["ALL"]
            print("\\n".join(relay["secrets"]))
            """
        let read = try python(script, "deploy/compose.yaml")
        #expect(read.code == 0, "\(read.errors)")
        let configuration = try Checkout.text("deploy/debian/holdfast.json5")
        let named = Set(configuration.matches(of: /file:(secret_[a-z-]+)"/).map { String($0.1) })
        #expect(Set(read.lines.filter { !$0.isEmpty }) == named)
    }

    @Test func `the Litestream file moves the log before the relay wants to`() throws {
        let script = """
            import sys, yaml
            database = yaml.safe_load(open(sys.argv[1]))["dbs"][0]
            assert database["path"] == "/var/lib/holdfast/holdfast.db"
            print(database["max-checkpoint-page-count"])
            """
        let read = try python(script, "deploy/litestream.yml")
        #expect(read.code == 0, "\(read.errors)")
        // 32 MiB in pages of 4 KiB: from there on the relay moves the log itself.
        #expect(read.lines.first.flatMap { Int($0) } ?? .max < 8192)
    }

    private func python(_ script: String, _ file: String) throws -> CommandResult {
        try ChildProcess.run(
            try #require(Program.onPath("python3")), ["-c", script, Checkout.path(file)])
    }
}
