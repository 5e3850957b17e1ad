import RelayCore
import RelayStore
import RelayTesting
import Testing

@Suite struct FinishTests {
    @Test func `a delivered event leaves the queue with its tracer`() throws {
        let (store, claim) = try claimed()
        #expect(changed(store.finish([delivered(claim)])) == [true])
        let account = try Account(store)
        #expect(account.delivered == 1 && account.queued == 0 && account.isBalanced)
    }

    @Test func `a failed one comes back when it is due and not before`() throws {
        let (store, claim) = try claimed()
        let due = store.clock.now.adding(ms: 5000)
        #expect(changed(store.finish([failed(claim, .retry(at: due))])) == [true])
        #expect(try store.claims(claim.destination).isEmpty)
        store.clock.advance(ms: 5000)
        let again = try store.claims(claim.destination)
        #expect(again.map(\.id) == [claim.id])
        #expect(again.first?.attempts == 1)
        #expect(again.first?.body == claim.body)
        #expect(try Account(store).isBalanced)
    }

    @Test func `a dead or expired one is parked with the reason`() throws {
        for result in [Finish.Result.dead(.rejected), .expired] {
            let (store, claim) = try claimed()
            #expect(changed(store.finish([failed(claim, result)])) == [true])
            let account = try Account(store)
            #expect(account.queued == 0 && account.dead + account.expired == 1)
            #expect(account.isBalanced)
        }
    }

    @Test func `a late or doubled finish changes nothing`() throws {
        let (store, claim) = try claimed()
        let retry = failed(claim, .retry(at: store.clock.now.adding(ms: 10)))
        #expect(changed(store.finish([retry])) == [true])
        #expect(changed(store.finish([delivered(claim)])) == [false], "its row has moved on")
        store.clock.advance(ms: 10)
        let second = try store.claims(claim.destination)[0]
        #expect(changed(store.finish([delivered(second), delivered(second)])) == [true, false])
        let account = try Account(store)
        #expect(account.delivered == 1 && account.isBalanced)
    }

    @Test func `what was claimed when the process ended is simply due again`() throws {
        let (store, claim) = try claimed()
        store.close()
        let again = try TestStore(clock: store.clock, folder: store.folder)
        #expect(try again.claims(claim.destination).map(\.id) == [claim.id])
        #expect(changed(again.finish([delivered(claim)])) == [true])
    }

    private func claimed() throws -> (TestStore, Claim) {
        let store = try TestStore()
        let route = try store.route()
        _ = store.accept(Fixtures.event(route: route))
        return (store, try store.claims(route.destinations[0])[0])
    }

    private func delivered(_ claim: Claim) -> Finish {
        Finish(claim: claim, result: .delivered, attempt: Fixtures.attempt())
    }

    private func failed(_ claim: Claim, _ result: Finish.Result) -> Finish {
        Finish(
            claim: claim, result: result,
            attempt: Fixtures.attempt(status: 503, errorClass: .serverError, message: "busy"))
    }

    private func changed(_ receipt: FinishReceipt) -> [Bool] {
        guard case .recorded(let changed) = receipt else { return [] }
        return changed
    }
}
