import RelayCore
import SQLite

/// Room that the relay keeps for the day on which its disk is full: a file of blocks beside the
/// store. It is given up when the store cannot be opened or a finish cannot be recorded without
/// it, and no event is accepted until it has been made again. So what it frees serves what is
/// stored already: the log's index, the log, and the record of what was delivered.
// Used on one queue at a time: by whoever opens the store, then by the writer.
package final class Ballast {
    package static let name = "holdfast.ballast"

    private let file: ReservedFile
    private let directory: String
    package private(set) var isHeld: Bool

    package init(directory: String, bytes: Int64 = Limits.ballastBytes) {
        self.directory = directory
        file = ReservedFile(path: directory + "/" + Ballast.name, bytes: bytes)
        isHeld = file.exists
    }

    /// False when there was nothing to give.
    @discardableResult
    package func giveUp() -> Bool {
        guard isHeld else { return false }
        isHeld = false
        return file.remove()
    }

    /// Makes it when there is room for it, for `reserveBytes` and for half of it again, so that
    /// the first events after an outage do not take it away at once.
    func restore(reserveBytes: Int64) -> Bool {
        if isHeld { return true }
        let (wanted, overflow) = reserveBytes.addingReportingOverflow(file.bytes + file.bytes / 2)
        guard !overflow, (Volume.freeBytes(at: directory) ?? 0) >= wanted else { return false }
        isHeld = file.make()
        return isHeld
    }

    /// Opening a store takes some room for the log and its index. On a disk without it the ballast
    /// goes first, and once more when only the attempt shows that there is none (a quota).
    package func opening<T>(_ open: () throws -> T) throws -> T {
        if (Volume.freeBytes(at: directory) ?? .max) < Limits.openingBytes { giveUp() }
        do {
            return try open()
        } catch let error as StoreError where error.isFull && giveUp() {
            return try open()
        }
    }
}
