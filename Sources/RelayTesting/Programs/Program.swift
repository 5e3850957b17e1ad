import Foundation

/// Where the programs lie that a test starts.
package enum Program {
    /// Built beside the bundle of the tests, whichever folder that is.
    package static var holdfast: String { beside("holdfast") }
    package static var platformSimulator: String { beside("platform-simulator") }
    /// Sender and sink of the kill rounds.
    package static var witness: String { beside("witness") }
    /// Preloaded to move a relay's wall clock.
    package static var wallClock: String { beside("libwallclock.so") }

    private static func beside(_ name: String) -> String {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments.first ?? ""
        return URL(fileURLWithPath: own).deletingLastPathComponent()
            .appendingPathComponent(name).path
    }

    /// A program of the system, found as a shell finds it, or one that `.ci/deps test` has
    /// unpacked; nil when it is not there.
    package static func onPath(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return
            (path.split(separator: ":").map { String($0) } + ["/usr/sbin", "/sbin"]
            + unpacked)
            .map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The programs' folders below .build/tools of the checkout in which this file lies.
    private static let unpacked: [String] = {
        var top = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { top.deleteLastPathComponent() }
        let tools = top.appendingPathComponent(".build/tools").path
        let names = (try? FileManager.default.contentsOfDirectory(atPath: tools)) ?? []
        return names.flatMap { ["\(tools)/\($0)/usr/sbin", "\(tools)/\($0)/usr/bin"] }
    }()
}
