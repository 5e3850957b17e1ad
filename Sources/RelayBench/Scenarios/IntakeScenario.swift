/// Intake alone: the destination is held, so that nothing but accepting costs anything.
struct IntakeScenario: Scenario {
    let name = "intake"
    let figures: Set<Figure> = [
        .i1, .i2p50, .i2p99, .i2p999, .i4, .i5disk, .i5growth, .d8intake,
    ]

    func measure(in world: BenchWorld, _ tally: inout Tally) throws {
        let ceiling = try Ceiling.intake(world)
        let relay = try world.startRelay([.held(by: world.sink(delayMs: nil))])
        let folder = world.folder
        let before = relay.usage
        let bytesBefore = folder.bytes(of: folder.databasePath)
        let peak = PeakSize(folder: folder, file: folder.writeAheadLogPath)
        let result = world.load(relay).run()
        let logBytes = peak.stop()
        let events = Double(max(result.accepted, 1))
        tally.add(.i1, result.perSecond, ceiling: ceiling.perSecond)
        tally.add(.i2p50, result.latency.p50Ms, ceiling: ceiling.latency.p50Ms)
        tally.add(.i2p99, result.latency.p99Ms, ceiling: ceiling.latency.p99Ms)
        tally.add(.i2p999, result.latency.p999Ms, ceiling: ceiling.latency.p999Ms)
        tally.add(.i4, Double(logBytes) / 1_048_576)
        let after = relay.usage
        tally.add(.i5disk, Double(after.writtenBytes - before.writtenBytes) / events / 1024)
        tally.add(.d8intake, (after.cpuSeconds - before.cpuSeconds) / events * 1_000_000)
        // What is still in the log belongs to the database: a restart moves it there.
        relay.kill()
        _ = try world.startRelay([.held(by: world.sink(delayMs: nil))])
        let growth = folder.bytes(of: folder.databasePath) - bytesBefore
        tally.add(.i5growth, Double(growth) / events / 1024)
    }
}
