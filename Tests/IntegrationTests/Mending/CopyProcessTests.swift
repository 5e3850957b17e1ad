import Foundation
import Glibc
import RelayCore
import RelayTesting
import Testing

struct CopyProcessTests {
    @Test func `yesterday's copy delivers what it holds under the ids it had`() throws {
        try withRelay({ $0.platform["stamp"] = true }) { relay, platform in
            #expect(try relay.post(Samples.body(0)).status == 200)
            try relay.list(state: "delivered", count: 1)
            #expect(try relay.ask("hold", "platform").code == 0)
            try relay.list(state: "held", count: 0)
            let ids = try (1...20).map { number in
                try #require(try relay.post(Samples.body(number)).json()["id"]?.string)
            }
            let copy = relay.folder.file("copy.db")
            #expect(try relay.ask("backup", copy).code == 0)
            #expect(try relay.ask("backup", copy).code == 1)
            #expect(try relay.run(["verify", copy]).output.hasSuffix("sound\n"))
            #expect(try relay.run(["audit", "--db", copy]).code == 0)
            // Beside the relay, and over what is there, nothing is restored.
            let beside = try relay.ask("restore", copy)
            #expect(beside.code == 1 && beside.errors.contains("is in use by"))
            try relay.kill()
            let over = try relay.ask("restore", copy)
            #expect(over.code == 1 && over.errors.contains("not overwritten"))
            let data = relay.dataDirectory
            try FileManager.default.moveItem(atPath: data, toPath: data + ".lost")
            #expect(try relay.ask("restore", copy).code == 0)
            try relay.start()
            #expect(try relay.ask("release", "platform").code == 0)
            try relay.list(state: "delivered", count: 21)
            let text = try platform.landed().map {
                String(decoding: $0.serialized(), as: UTF8.self)
            }
            for id in ids { #expect(text.filter { $0.contains(id) }.count == 1) }
            // What comes now can have none of the ids that the lost store may have given out.
            let new = try #require(try relay.post(Samples.body(99)).json()["id"]?.string)
            #expect(new.suffix(11) != ids[0].suffix(11))
            #expect(try relay.ask("audit").code == 0)
        }
    }

    @Test func `a copy made under load is of one moment and balances`() throws {
        try withRelay { relay, _ in
            let client = try relay.connect()
            for number in 0..<200 {
                client.post(RelayUnderTest.path("feedback"), Array(Samples.body(number).utf8))
                #expect(client.response()?.status == 200)
            }
            let copy = relay.folder.file("copy.db")
            let words = ["backup", copy, "--config", relay.configurationPath]
            let process = try ChildProcess(Program.holdfast, words)
            var number = 200
            while process.isRunning {
                client.post(RelayUnderTest.path("feedback"), Array(Samples.body(number).utf8))
                #expect(client.response()?.status == 200)
                number += 1
            }
            #expect(try process.waitUntilExit() == .code(0))
            let verdict = try #require(try relay.run(["verify", copy, "--json"]).json().first)
            #expect(verdict["sound"] == true && verdict["balanced"] == true)
            let events = try #require(verdict["events"]?.int64)
            #expect(200 <= events && events <= number)
        }
    }

    @Test func `a verdict on a damaged copy ends with 1`() throws {
        try withRelay { relay, _ in
            for number in 0..<50 { #expect(try relay.post(Samples.body(number)).status == 200) }
            let copy = relay.folder.file("copy.db")
            #expect(try relay.ask("backup", copy).code == 0)
            let handle = try #require(FileHandle(forUpdatingAtPath: copy))
            try handle.seek(toOffset: 3 * 4096)
            try handle.write(contentsOf: Data(repeating: 0xA5, count: 4 * 4096))
            try handle.close()
            let verdict = try relay.run(["verify", copy])
            #expect(verdict.code == 1, "\(verdict.output)")
        }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `an interrupted copy leaves nothing under its name`(signal: Int32) throws {
        try withRelay { relay, _ in
            let large = String(repeating: "x", count: 900_000)
            for number in 0..<40 {
                #expect(try relay.post(#"{"n":\#(number),"x":"\#(large)"}"#).status == 200)
            }
            let copy = relay.folder.file("copy.db")
            let process = try ChildProcess(
                Program.holdfast, ["backup", copy, "--config", relay.configurationPath])
            try eventually("the copy has begun") {
                !process.isRunning || FileManager.default.fileExists(atPath: copy + ".partial")
            }
            process.signal(signal)
            let status = try process.waitUntilExit()
            let names = try FileManager.default.contentsOfDirectory(atPath: relay.folder.path)
            let left = names.filter { $0.hasPrefix("copy.db") }
            if status == .code(0) {
                // It was faster than the signal.
                #expect(left == ["copy.db"])
            } else {
                #expect(status == .code(1))
                #expect(left == [])
            }
        }
    }
}
