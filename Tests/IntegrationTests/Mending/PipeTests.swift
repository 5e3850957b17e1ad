import Foundation
import RelayCore
import RelayTesting
import Testing

struct PipeTests {
    private func shell(_ line: String, _ relay: RelayUnderTest) throws -> CommandResult {
        try ChildProcess.run(
            "/bin/bash", ["-c", "set -o pipefail; \(line)"],
            environment: [
                "HOLDFAST": Program.holdfast, "HOLDFAST_DB": relay.dataDirectory + "/holdfast.db",
            ])
    }

    @Test func `ids go through a pipe from list to replay`() throws {
        try withRelay { relay, platform in
            try platform.fault(["action": ["status": 400]])
            for number in 0..<6 { #expect(try relay.post(Samples.body(number)).status == 200) }
            try relay.list(state: "dead", count: 6)
            try platform.heal()
            let piped = try shell(
                "$HOLDFAST list --state dead --limit 4 --json | $HOLDFAST replay --id - --yes",
                relay)
            #expect(piped.code == 0, "\(piped.errors)")
            try platform.landed(atLeast: 4)
            try relay.list(state: "dead", count: 2)
            let empty = try shell("$HOLDFAST list --state held | $HOLDFAST replay --id -", relay)
            #expect(empty.code == 3)
        }
    }

    @Test func `a reader that leaves is no error, a closed or full output is one`() throws {
        try withRelay { relay, _ in
            for number in 0..<20 { #expect(try relay.post(Samples.body(number)).status == 200) }
            let head = try shell("$HOLDFAST list --json | head -n 1", relay)
            #expect(
                head.code == 0 && head.errors.isEmpty
                    && head.output.split(separator: "\n").count == 1)
            let closed = try shell("$HOLDFAST list >&-", relay)
            #expect(closed.code == 1)
            #expect(closed.errors.contains("standard output cannot be written"))
            let full = try shell("$HOLDFAST list > /dev/full", relay)
            #expect(full.code == 1 && full.errors.contains("No space left"))
            #expect(try shell("$HOLDFAST list 2>&-", relay).code == 0)
            // Nothing of all that went into the database.
            #expect(try relay.ask("verify").code == 0)
        }
    }
}
