import Foundation
import Glibc
import Synchronization

/// What must not outlive the measuring when it is interrupted: children and folders.
package final class LiveThings: Sendable {
    package static let shared = LiveThings()

    private struct Things {
        var processes: Set<Int32> = []
        var folders: Set<String> = []
    }

    private let things = Mutex(Things())

    func add(process: Int32) { things.withLock { _ = $0.processes.insert(process) } }
    func remove(process: Int32) { things.withLock { _ = $0.processes.remove(process) } }
    func add(folder: String) { things.withLock { _ = $0.folders.insert(folder) } }
    func remove(folder: String) { things.withLock { _ = $0.folders.remove(folder) } }

    /// Ends and removes all of them: for a signal that ends the process.
    package func endAll() {
        let all = things.withLock { $0 }
        for process in all.processes { kill(process, SIGKILL) }
        for folder in all.folders { try? FileManager.default.removeItem(atPath: folder) }
    }
}
