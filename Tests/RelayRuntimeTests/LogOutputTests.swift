import Foundation
import Glibc
import RelayTesting
import Testing

@testable import RelayRuntime

@Suite struct LogOutputTests {
    private let ends: (read: Int32, write: Int32)

    init() throws {
        var pair: [Int32] = [-1, -1]
        try #require(unsafe pipe(&pair) == 0)
        ends = (pair[0], pair[1])
    }

    private func output(limitBytes: Int = 100_000) -> LogOutput {
        LogOutput(descriptor: ends.write, limitBytes: limitBytes) { Array("lost \($0)\n".utf8) }
    }

    private func line(_ number: Int) -> [UInt8] {
        Array(("\(number) " + String(repeating: "x", count: 990) + "\n").utf8)
    }

    /// Reads until so many lines have come.
    private func read(lines wanted: Int) -> [String] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count(where: { $0 == 10 }) < wanted {
            let count = unsafe Glibc.read(ends.read, &buffer, buffer.count)
            guard count > 0 else { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map { String($0) }
    }

    @Test func `lines arrive whole and in order, long ones too`() {
        let output = output()
        output.write(Array((String(repeating: "y", count: 20_000) + "\n").utf8))
        for number in 0..<20 { output.write(line(number)) }
        let lines = read(lines: 21)
        #expect(lines[0].count == 20_000)
        #expect(lines.dropFirst().map { $0.prefix { $0 != " " } } == (0..<20).map { "\($0)" })
        close(ends.read)
        close(ends.write)
    }

    @Test func `a reader who comes late gets what was kept and hears what is missing`() {
        let output = output(limitBytes: 10_000)
        // A pipe holds 64 KiB, the output 10 kB: the rest has no place.
        for number in 0..<200 { output.write(line(number)) }
        var lines: [String] = []
        while lines.last?.hasPrefix("lost ") != true { lines += read(lines: 1) }
        let kept = lines.dropLast().count
        #expect(kept > 60 && kept < 90)
        #expect(lines.last == "lost \(200 - kept)")
        output.write(line(200))
        #expect(read(lines: 1).first?.hasPrefix("200 ") == true)
        close(ends.read)
        close(ends.write)
    }

    @Test func `a stream that has ended costs the line and nothing else`() {
        _ = signal(SIGPIPE, SIG_IGN)
        let output = output()
        close(ends.read)
        for number in 0..<200 { output.write(line(number)) }
        close(ends.write)
        for number in 0..<200 { output.write(line(number)) }
    }
}
