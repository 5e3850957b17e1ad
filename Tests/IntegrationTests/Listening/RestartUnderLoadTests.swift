import Foundation
import RelayCore
import RelayTesting
import Testing

struct RestartUnderLoadTests {
    @Test func `a restart under load refuses no connection and loses no event`() throws {
        let socket = try ListeningSocket()
        let platform = try SimulatorUnderTest()
        var settings = RelaySettings(inletURL: platform.inletURL)
        settings.intake["listen"] = "systemd"
        let relay = try RelayUnderTest(settings)
        try relay.start(socket: socket.descriptor)
        try finish(relay) {
            let load = Load(port: socket.port, clients: 8)
            for _ in 0..<3 {
                try load.goOn(for: 50)
                #expect(try relay.stop() == .code(0))
                try relay.start(socket: socket.descriptor)
            }
            try load.goOn(for: 50)
            let tally = try load.finish()
            #expect(tally.refused == 0)
            #expect(tally.unanswered == 0)
            #expect(Array(tally.statuses.keys) == [200])
            #expect(tally.ids.count == tally.statuses[200])
            let stored = Set(try relay.list().compactMap { $0["id"]?.string })
            #expect(tally.ids.isSubset(of: stored))
        }
    }
}
