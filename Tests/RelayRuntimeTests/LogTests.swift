import RelayCore
import RelayRuntime
import RelayTesting
import Testing

@Suite struct LogTests {
    private let lines = Mailbox<String>()

    private func log(_ format: LogFormat, level: LogLevel = .debug) -> Log {
        let lines = lines
        return Log(level: level, format: format, clock: ManualClock()) {
            lines.put(String(decoding: $0, as: UTF8.self))
        }
    }

    @Test func `text is one line of key and value`() {
        log(.text).info("listening", ["port": 8080, "data": "/var/lib/hold fast"])
        #expect(
            lines.take()
                == "2026-11-20T09:14:03.120Z info listening port=8080 data=\"/var/lib/hold fast\"\n"
        )
    }

    @Test func `JSON is one object a line and parses`() throws {
        log(.json).error("it said \"no\"", ["reason": "line\nbreak\u{1b}[31m", "count": 2])
        let line = lines.take()
        let value = try JSONValue.parse(Array(line.utf8.dropLast()))
        #expect(value["message"]?.string == "it said \"no\"")
        #expect(value["reason"]?.string == "line\nbreak\u{1b}[31m")
        #expect(value["count"]?.int64 == 2)
        #expect(value["level"]?.string == "error")
        #expect(line.filter { $0 == "\n" }.count == 1)
    }

    @Test func `nobody can forge a second line or drive a terminal`() {
        log(.text).warning("a\nb\r\u{1b}c", ["key": "x\ny z=\u{7}"])
        let line = lines.take()
        #expect(line.filter { $0 == "\n" }.count == 1)
        #expect(!line.contains("\u{1b}") && !line.contains("\u{7}") && !line.contains("\r"))
    }

    @Test func `nobody can turn the direction of a line`() {
        log(.text).warning("a\u{202e}b", ["key": "c\u{2066}d"])
        let line = lines.take()
        #expect(!line.contains("\u{202e}") && !line.contains("\u{2066}"))
    }

    @Test func `what is below the level is not written`() {
        let log = log(.text, level: .warning)
        log.debug("one")
        log.info("two")
        log.warning("three")
        #expect(lines.take().contains("three"))
        #expect(lines.count == 0)
    }
}
