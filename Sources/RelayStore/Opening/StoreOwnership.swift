import FoundationEssentials
import SQLite

/// The right to run a relay on a data directory. One process has it at a time; the kernel takes it
/// back when that process ends, so a crash leaves nothing to clean up.
package final class StoreOwnership: Sendable {
    private let lock: FileLock

    /// Makes the directory when it is missing and takes the lock in it.
    package init(directory: String, holder: String) throws(StoreError) {
        do {
            if !FileManager.default.fileExists(atPath: directory) {
                try FileManager.default.createDirectory(
                    atPath: directory, withIntermediateDirectories: true,
                    attributes: [.posixPermissions: 0o750])
                // The new directory's own name must survive a power cut too.
                _ = Volume.synchroniseDirectory(at: directory + "/..")
            }
        } catch {
            throw .cannotPrepare(
                path: directory, reason: "the data directory cannot be made: \(error)")
        }
        do {
            lock = try FileLock(path: directory + "/" + StoreFile.lockName, holder: holder)
        } catch {
            switch error {
            case .held(let by):
                throw .owned(directory: directory, by: by)
            case .system(let operation, let number):
                throw .cannotPrepare(
                    path: directory + "/" + StoreFile.lockName,
                    reason: StoreError.sentence(for: number)
                        ?? "\(operation) failed with error \(number); "
                        + "check that this user may write to the data directory")
            }
        }
    }
}
