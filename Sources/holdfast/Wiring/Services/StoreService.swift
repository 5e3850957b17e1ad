import Dispatch
import Foundation
import RelayCore
import RelayRuntime
import RelayStore
import Synchronization

/// The store as the first service to start and the last to stop.
final class StoreService: Service {
    let name = "store"
    let writer: GroupWriter
    /// Held until the database is closed.
    private let ownership: StoreOwnership
    private let log: Log

    /// Takes the data directory and opens the store in it.
    init(
        _ configuration: Configuration, clock: any Timekeeper, log: Log,
        onFailure: @escaping @Sendable () -> Void
    ) throws {
        self.log = log
        let directory = configuration.dataDirectory
        // One that is there says by itself what it does not allow.
        let place = DataDirectory(directory)
        if !place.isThere, let obstacle = place.obstacle {
            throw WiringError.noDataDirectory(reason: obstacle)
        }
        ownership = try StoreOwnership(
            directory: directory,
            holder: "holdfast serve, process \(ProcessFacts.identifier) "
                + "on \(ProcessFacts.hostName), since \(clock.now)")
        let file = StoreFile(directory: directory)
        if file.hasFailureNote {
            log.warning(
                "the store failed before; its files are read from the disk anew",
                ["file": .text(file.path)])
        }
        let findings = StoreFindings(file)
        let ballast = try StoreService.ballast(in: directory)
        writer = try ballast.opening {
            try GroupWriter(
                file: file, clock: clock, reserveBytes: configuration.storage.reserveBytes,
                ballast: ballast, onReserve: { StoreService.tellReserve($0, in: directory, log) }
            ) { reason in
                log.error(
                    "the store has failed; nothing more is accepted and the process stops",
                    ["reason": "\(reason)", "file": .text(file.path)])
                onFailure()
            }
        }
        findings.tell(log)
        if writer.isUnmarked {
            log.warning(
                "the store cannot be marked as in use: a log that is deleted after a crash would "
                    + "not be missed", ["file": .text(file.path + "-open")])
        }
        try tellLosses(log)
    }

    private func tellLosses(_ log: Log) throws {
        for loss in writer.untoldLosses {
            log.error(
                "events that were acknowledged are missing: the store's log was cut, damaged or "
                    + "given up, or the disk did not keep its word; see your copies and "
                    + "'holdfast audit'",
                [
                    "file": .text(writer.file.path), "deliveries": .number(loss.deliveries),
                    "receivedUntil": .text("\(loss.receivedUntil)"),
                ])
        }
        try writer.prepare { try $0.noteTold(writer.untoldLosses) }
    }

    /// The ballast is made before the first event, and a disk without room is told at once.
    func start() throws { writer.tendBallast() }

    /// Waits for an empty transaction in turn with the groups of events, or throws why there can
    /// be none.
    func proveWritable() throws {
        let failure = Mutex<(any Error)?>(nil)
        let done = DispatchSemaphore(value: 0)
        writer.perform({ _ in }) { error in
            failure.withLock { $0 = error }
            done.signal()
        }
        done.wait()
        if let error = failure.withLock({ $0 }) { throw error }
    }

    func stop(completion: @escaping @Sendable () -> Void) {
        writer.close { [self] in
            if writer.hasLeftLog {
                log.warning(
                    "the log could not be moved into the database: it stays, with events in it, "
                        + "for the next start", ["file": .text(writer.file.logPath)])
            }
            completion()
        }
    }

    /// What cannot be made anew because something else has its name would pass for a full disk.
    private static func ballast(in directory: String) throws(WiringError) -> Ballast {
        let path = directory + "/" + Ballast.name
        let found = try? FileManager.default.attributesOfItem(atPath: path)
        if let found, found[.type] as? FileAttributeType != .typeRegular {
            throw .ballastIsNoFile(path: path)
        }
        return Ballast(directory: directory)
    }

    private static func tellReserve(_ isReached: Bool, in directory: String, _ log: Log) {
        guard isReached else { return log.info("there is space again: events are taken") }
        log.error(
            "the disk reserve is reached: events are refused with 503 until there is space again",
            ["data": .text(directory)])
    }
}
