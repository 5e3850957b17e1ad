import HTTPClient
import RelayCore
import RelayDelivery
import RelayStore
import RelayTesting
import Testing
import Foundation

@Suite struct BatchTests {
    private func delivery(_ messages: Int, window: Int = 1) throws -> TestDelivery {
        var setup = TestDelivery.Setup()
        setup.window = window
        setup.packing = Packing(
            maxMessages: messages, maxBytes: 100_000, overheadBytes: 0, lingerMs: 0)
        return try TestDelivery(setup)
    }

    @Test func `a lonely event goes alone and at once, a crowd goes together`() throws {
        let delivery = try delivery(100)
        try delivery.start()
        delivery.accept(0)
        let first = delivery.sender.next()
        #expect(!first.request.url.contains("/batch/"))
        for event in 1...5 { delivery.accept(event) }
        delivery.settle()
        first.accept()
        let batch = delivery.sender.next()
        #expect(batch.request.url.contains("/collection/batch/"))
        #expect(count(batch) == 5)
        accept(batch)
        delivery.settle()
        #expect(try Account(delivery.store).delivered == 6)
    }

    @Test func `a poisoned message is found by halving and the rest is delivered`() throws {
        let delivery = try delivery(64, window: 4)
        for event in 0..<64 { delivery.accept(event) }
        try delivery.start()
        var requests = 0
        while try Account(delivery.store).queued > 0 {
            let sent = delivery.sender.next()
            requests += 1
            if sent.text.contains("number 37\"") {
                sent.answer(400, #"{"title":"Invalid XDM Message Format"}"#)
            } else {
                accept(sent)
            }
            delivery.settle()
        }
        let account = try Account(delivery.store)
        #expect(account.delivered == 63 && account.dead == 1 && account.isBalanced)
        #expect(requests < 20, "halved, not one by one")
    }

    @Test func `a partial 207 finishes each message by its own result`() throws {
        let delivery = try delivery(4)
        for event in 0..<4 { delivery.accept(event) }
        try delivery.start()
        delivery.sender.next().answer(
            207,
            """
            {"responses":[{"xactionId":"1:2:3:0"},{"statusCode":400,"message":"no"},\
            {"statusCode":503,"message":"later"}]}
            """)
        delivery.settle()
        let account = try Account(delivery.store)
        // The counts differ, so only what its index proves is known.
        #expect(account.delivered + account.dead + account.queued == 4)
        #expect(account.queued >= 1, "an unaccounted message is sent again")
    }

    @Test func `413 halves until it fits`() throws {
        let delivery = try delivery(8)
        for event in 0..<8 { delivery.accept(event) }
        try delivery.start()
        while try Account(delivery.store).queued > 0 {
            let sent = delivery.sender.next()
            if count(sent) > 2 { sent.answer(413) } else { accept(sent) }
            delivery.settle()
        }
        #expect(try Account(delivery.store).delivered == 8)
    }

    private func count(_ sent: ScriptedSender.Sent) -> Int {
        sent.text.components(separatedBy: "\"message\":").count - 1
    }

    private func accept(_ sent: ScriptedSender.Sent) {
        guard sent.request.url.contains("/batch/") else { return sent.accept() }
        let elements = (0..<count(sent)).map { #"{"xactionId":"1700000000000:1485:153:\#($0)"}"# }
        sent.answer(207, #"{"responses":[\#(elements.joined(separator: ","))]}"#)
    }
}
