import Foundation
import RelayTesting

/// The Debian package with the programs of this test run in it, made by the script that makes the
/// real one, in two versions.
enum TrialPackage {
    struct Made {
        let folder: TemporaryFolder
        let first: String
        let second: String
    }

    /// Made once for all tests.
    static let made: Result<Made, any Error> = Result { try make() }

    private static func make() throws -> Made {
        let folder = try TemporaryFolder()
        return Made(
            folder: folder, first: try build("0.0.1-1", in: folder),
            second: try build("0.0.2-1", in: folder))
    }

    private static func build(_ version: String, in folder: TemporaryFolder) throws -> String {
        let programs = URL(fileURLWithPath: Program.holdfast).deletingLastPathComponent().path
        let result = try ChildProcess.run(
            Checkout.path(".ci/deb"),
            ["--trial", programs, "--version", version, "--output", folder.path])
        guard result.code == 0, let path = result.lines.last(where: { !$0.isEmpty }) else {
            throw NeverHappened("a package: \(result.errors)")
        }
        return path
    }
}
