import Foundation

/// Where the programs lie that a test starts.
package enum Program {
    /// Built beside the bundle of the tests, whichever folder that is.
    package static var holdfast: String { beside("holdfast") }
    package static var platformSimulator: String { beside("platform-simulator") }

    private static func beside(_ name: String) -> String {
        let own =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? CommandLine.arguments.first ?? ""
        return URL(fileURLWithPath: own).deletingLastPathComponent()
            .appendingPathComponent(name).path
    }

    /// A program of the system, found as a shell finds it; nil when it is not there.
    package static func onPath(_ name: String) -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return (path.split(separator: ":").map { String($0) } + ["/usr/sbin", "/sbin"])
            .map { "\($0)/\(name)" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
