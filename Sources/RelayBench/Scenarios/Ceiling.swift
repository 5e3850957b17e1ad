/// What the parts could do at best.
enum Ceiling {
    /// The same server, answering without storing.
    static func intake(_ world: BenchWorld) throws -> LoadResult {
        let server = try CeilingServer(world.settings.serverOptions)
        defer { server.stop() }
        var load = Load(port: server.port)
        load.connections = world.settings.connections
        load.bodyBytes = world.settings.bodyBytes
        load.durationMs = max(world.settings.seconds, 2) * 500
        return load.run()
    }

    /// The same client, sending ready bodies, messages/s.
    static func delivery(_ world: BenchWorld, batch: Int?) throws -> Double {
        let sink = try world.sink()
        let sender = CeilingSender(
            port: sink.port, bodyBytes: world.settings.bodyBytes, batch: batch)
        sender.run(window: 64, seconds: max(world.settings.seconds / 2, 1))
        return sink.counts.messagesPerSecond
    }
}
