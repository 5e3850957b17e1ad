import Foundation
import RelayCore
import RelayTesting
import Testing

/// The file by which senders find a unix socket goes away under a running relay.
struct LostSocketTests {
    @Test(arguments: [false, true])
    func `a socket file that is gone or another's is told, and so is its return`(
        isReplaced: Bool
    ) throws {
        let folder = try TemporaryFolder()
        let path = folder.file("in.sock")
        let lost = "the file of a socket was removed or replaced"
        try withAdmin({ $0.intake["listen"] = .string("unix:\(path)") }) { relay, _ in
            #expect(try relay.admin("/readyz").status == 200)
            try FileManager.default.moveItem(atPath: path, toPath: path + ".away")
            if isReplaced { try "mine".write(toFile: path, atomically: true, encoding: .utf8) }
            let answer = try relay.admin("/readyz")
            #expect(answer.status == 503)
            let reason = try answer.json()["reasons"]?.array?.first?.string
            #expect(reason?.contains("\(path), was removed or replaced") == true)
            let log = try #require(relay.process?.errors)
            let line = try log.line(containing: lost)
            #expect(line.contains(path) && line.contains("warning"))
            #expect(try relay.admin("/healthz").status == 200)
            if isReplaced { try FileManager.default.removeItem(atPath: path) }
            try FileManager.default.moveItem(atPath: path + ".away", toPath: path)
            #expect(try relay.admin("/readyz").status == 200)
            try log.line(containing: "the file of a socket is there again")
            #expect(relay.log.components(separatedBy: lost).count == 2)
        }
    }

    @Test func `what another has put there outlives the relay`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("in.sock")
        try withRelay({ $0.intake["listen"] = .string("unix:\(path)") }) { relay, _ in
            try FileManager.default.removeItem(atPath: path)
            try "mine".write(toFile: path, atomically: true, encoding: .utf8)
            #expect(try relay.stop() == .code(0))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        }
    }
}
