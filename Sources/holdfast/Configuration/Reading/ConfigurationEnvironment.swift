import Foundation

/// The two places outside the file that a configuration may point to: environment variables and
/// files. Handed in, so that reading a configuration is a function of its arguments.
struct ConfigurationEnvironment: Sendable {
    enum Unreadable: Error, Sendable, Hashable, CustomStringConvertible {
        case missing
        case notPermitted
        case isDirectory
        case tooLong(limitBytes: Int)

        var description: String {
            switch self {
            case .missing: "no such file"
            case .notPermitted: "permission denied"
            case .isDirectory: "it is a directory"
            case .tooLong(let limitBytes): "it is longer than \(limitBytes) bytes"
            }
        }
    }

    let variable: @Sendable (String) -> String?
    let file: @Sendable (_ path: String) -> Result<[UInt8], Unreadable>

    init(
        variable: @escaping @Sendable (String) -> String?,
        file: @escaping @Sendable (_ path: String) -> Result<[UInt8], Unreadable>
    ) {
        self.variable = variable
        self.file = file
    }

    /// The process's own.
    static let process = ConfigurationEnvironment(
        variable: { ProcessInfo.processInfo.environment[$0] }, file: { read($0) })

    /// No secret, certificate or configuration is longer; a device or a log file would be.
    private static let fileLimitBytes = 4 * 1_048_576

    private static func read(_ path: String) -> Result<[UInt8], Unreadable> {
        guard FileManager.default.fileExists(atPath: path) else { return .failure(.missing) }
        let followed = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let attributes = try? FileManager.default.attributesOfItem(atPath: followed)
        let isDirectory = attributes?[.type] as? FileAttributeType == .typeDirectory
        guard !isDirectory else { return .failure(.isDirectory) }
        guard
            let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: fileLimitBytes + 1) ?? Data()
        else { return .failure(.notPermitted) }
        guard data.count <= fileLimitBytes else {
            return .failure(.tooLong(limitBytes: fileLimitBytes))
        }
        return .success(Array(data))
    }
}
