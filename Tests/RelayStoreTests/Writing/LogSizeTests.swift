import RelayCore
import RelayStore
import RelayTesting
import SQLite
import Testing

@Suite struct LogSizeTests {
    @Test func `what a long read made of the log goes back to the disk when it has ended`() throws {
        let store = try TestStore()
        let route = try store.route()
        func accept(_ number: Int) {
            let body = Fixtures.body(number) + [UInt8](repeating: 32, count: 4_000_000)
            let verdict = store.accept(Fixtures.event(route: route, body: body))
            guard case .stored = verdict else {
                Issue.record("must be stored: \(verdict)")
                return
            }
        }
        let reader = try store.file.openForReading()
        try reader.execute("BEGIN; SELECT count(*) FROM names;")
        let limit = Int64(Limits.logBytesHard)
        var number = 0
        while store.file.sizes.log < limit + 4_000_000, number < 100 {
            number += 1
            accept(number)
        }
        #expect(store.file.sizes.log > limit)
        try reader.execute("COMMIT")
        reader.close()
        // The first moves the log, and is written at its front.
        for next in 1...2 { accept(number + next) }
        #expect(store.file.sizes.log <= limit)
        store.close()
    }
}
