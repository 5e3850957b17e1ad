import Foundation
import RelayCore
import RelayTesting
import Testing

/// The harness, on sizes that say nothing about speed: that every figure is measured, that what it
/// promises about events holds, and that nothing is left behind.
struct BenchTests {
    private static let figures = [
        "I1", "I3", "I6", "D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D10", "D11",
    ]

    @Test func `every figure is measured, no event is lost, and the folder is gone`() throws {
        let folder = try TemporaryFolder()
        let words = ["--seconds", "1", "--runs", "1", "--backlog", "2000", "--json"]
        let result = try ChildProcess.run(
            Program.holdfast,
            ["bench", "--data", folder.path] + words
                + Self.figures.flatMap { ["--figure", $0] })
        #expect(result.code == 0, "\(result.errors)")
        var medians: [String: Double] = [:]
        for line in try result.json() {
            let name = try #require(line["figure"]?.string)
            medians[name] = line["median"]?.number?.double
            #expect(line["unit"]?.string?.isEmpty == false && line["runs"] == 1)
        }
        let measured = Set(medians.keys.map { String($0.prefix { $0 != "-" }) })
        #expect(measured == Set(Self.figures))
        // An arrival that comes before its 200 counts as 0; one within half a millisecond of the
        // destination's return is printed as 0.
        let mayBeZero = ["D10-lost", "D4-p50", "D4-p99", "D5", "D11-back"]
        for (name, median) in medians where !mayBeZero.contains(name) {
            #expect(median > 0, "\(name)")
        }
        #expect(medians["D10-lost"] == 0)
        #expect(medians["D10-dead"] == 8 && medians["D10-replayed"] == 8)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }

    @Test(.enabled(if: Requirements.canMount, "no file system can be mounted"))
    func `a backlog that the disk cannot hold is refused before it is made`() throws {
        let disk = try SmallDisk(megabytes: 200)
        let result = try ChildProcess.run(
            Program.holdfast,
            [
                "bench", "--data", disk.path, "--figure", "D6", "--seconds", "1", "--runs", "1",
                "--backlog", "10000000",
            ])
        #expect(result.code == 1)
        #expect(result.errors.contains("--backlog"))
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).isEmpty)
    }
}
