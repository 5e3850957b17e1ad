import Foundation
import Synchronization

/// What one scenario works in: a folder, the relay that runs, the sinks that take. All of it ends
/// with `close`.
final class BenchWorld {
    let settings: BenchSettings
    let folder: BenchFolder
    private var sinks: [Sink] = []
    private var relay: RelayChild?

    init(_ settings: BenchSettings) throws(BenchFailure) {
        self.settings = settings
        folder = try BenchFolder(in: settings.directory)
    }

    func sink(
        port: Int = 0, delayMs: Int? = 0, marks: Bool = false
    ) throws(BenchFailure) -> Sink {
        let sink = try Sink(port: port, delayMs: delayMs, marks: marks)
        sinks.append(sink)
        return sink
    }

    /// Starts a relay on the folder's store and waits until it takes events.
    func startRelay(_ destinations: [DestinationRecipe]) throws(BenchFailure) -> RelayChild {
        let relay = try launchRelay(destinations)
        guard relay.firstAcceptanceNs(limitMs: 60_000) != nil else {
            throw BenchFailure("the relay does not take events; see \(folder.logPath)")
        }
        return relay
    }

    /// Starts it without waiting.
    func launchRelay(_ destinations: [DestinationRecipe]) throws(BenchFailure) -> RelayChild {
        relay?.kill()
        let port = try FreePort.find()
        let configuration = try folder.writeConfiguration(port: port, destinations)
        let child = try RelayChild(
            program: settings.program, configuration: configuration, log: folder.logPath,
            port: port)
        relay = child
        return child
    }

    /// What the operator's commands say of the folder's store.
    var hand: OperatorHand {
        OperatorHand(program: settings.program, database: folder.databasePath)
    }

    func close() {
        relay?.kill()
        relay = nil
        for sink in sinks { sink.stop() }
        sinks.removeAll()
        folder.remove()
    }

    /// The load of most figures.
    func load(_ relay: RelayChild, source: Int = 1) -> Load {
        var load = Load(port: relay.port)
        load.connections = settings.connections
        load.bodyBytes = settings.bodyBytes
        load.durationMs = settings.seconds * 1000
        load.source = source
        return load
    }

    /// Connections that fill a store: more than a figure has, because larger groups go faster.
    private static let fillConnections = 256
    /// What an event takes on the disk, beside its body: its rows, and its part of the log.
    private static let overheadBytes = 1024

    /// Stores this many events.
    func fill(_ relay: RelayChild, events: Int, source: Int = 1) throws(BenchFailure) {
        guard events > 0 else { return }
        let neededBytes = Int64(events) * Int64(settings.bodyBytes + BenchWorld.overheadBytes)
        if let freeBytes = folder.freeBytes, freeBytes < neededBytes {
            throw BenchFailure(
                "\(events) events need about \(neededBytes >> 30) GiB, of which only "
                    + "\(freeBytes >> 30) GiB are free; give --data DIR or a smaller --backlog")
        }
        var load = load(relay, source: source)
        load.connections = max(load.connections, BenchWorld.fillConnections)
        load.durationMs = 0
        load.requests = events
        let result = load.run()
        guard result.accepted == events else {
            throw BenchFailure(
                "only \(result.accepted) of \(events) events were acknowledged; "
                    + "is there room on the disk?")
        }
    }
}
