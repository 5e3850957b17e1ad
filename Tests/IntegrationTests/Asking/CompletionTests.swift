import RelayCore
import RelayTesting
import Testing

struct CompletionTests {
    /// What bash would offer for the last of these words.
    private func offers(_ words: [String], _ relay: RelayUnderTest) throws -> [String] {
        let script = """
            source <("$HOLDFAST" completion bash)
            COMP_WORDS=("$HOLDFAST" "$@")
            COMP_CWORD=$#
            _holdfast
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        let result = try ChildProcess.run(
            "/bin/bash", ["-c", script, "bash"] + words,
            environment: [
                "HOLDFAST": Program.holdfast, "HOLDFAST_DB": relay.dataDirectory + "/holdfast.db",
            ])
        #expect(result.code == 0, "\(result.errors)")
        return result.lines.filter { !$0.isEmpty }
    }

    @Test func `bash offers commands, options, choices and the names of the store`() throws {
        try withRelay { relay, _ in
            let posted = try relay.post(Samples.body(1))
            #expect(posted.status == 200)
            #expect(try offers(["li"], relay) == ["list"])
            #expect(try offers(["list", "--ol"], relay) == ["--older-than"])
            #expect(try offers(["list", "--state", "de"], relay) == ["delivered", "dead"])
            #expect(try offers(["list", "--state", "=", "de"], relay) == ["delivered", "dead"])
            #expect(try offers(["list", "--destination", ""], relay) == ["platform"])
            #expect(try offers(["hold", ""], relay) == ["platform"])
            #expect(
                try offers(["hold", "--config", relay.configurationPath, "p"], relay) == [
                    "platform"
                ])
            #expect(try offers(["list", "--limit", ""], relay).isEmpty)
            #expect(try offers(["help", "sha"], relay) == ["shape"])
        }
    }

    @Test func `names are printed for the scripts and refused in words for others`() throws {
        try withRelay { relay, _ in
            let names = try relay.ask("completion", "names", "source")
            #expect(names.output == "chatlio\n")
            #expect(try relay.ask("completion", "names", "sources").code == 2)
            #expect(try relay.ask("completion", "bash", "zsh").code == 2)
        }
    }
}
