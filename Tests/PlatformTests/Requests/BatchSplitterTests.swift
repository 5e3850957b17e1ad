import Platform
import RelayCore
import Testing

struct BatchSplitterTests {
    private let limit = Limits.platformRequestBytes

    @Test func `count and order are kept`() {
        let parts = BatchSplitter.split(
            bytesCounts: [1, 1, 1, 1, 1], limits: BatchLimits(maxMessages: 2, maxBytes: 1000))
        #expect(parts == [.send(0..<2), .send(2..<4), .send(4..<5)])
        #expect(BatchSplitter.split(bytesCounts: [], limits: BatchLimits()) == [])
    }

    @Test func `without batches each message goes alone`() {
        #expect(
            BatchSplitter.split(bytesCounts: [1, limit, limit + 1], limits: nil)
                == [.send(0..<1), .send(1..<2), .tooLarge(2)])
    }

    @Test func `brackets and commas count`() {
        // {"messages":[ + 10 + , + 10 + ]}
        let exact = BatchLimits(maxMessages: 9, maxBytes: 13 + 10 + 1 + 10 + 2)
        #expect(BatchSplitter.split(bytesCounts: [10, 10], limits: exact) == [.send(0..<2)])
        let short = BatchLimits(maxMessages: 9, maxBytes: 13 + 10 + 1 + 10 + 1)
        #expect(
            BatchSplitter.split(bytesCounts: [10, 10], limits: short)
                == [.send(0..<1), .send(1..<2)])
    }

    @Test func `a message over the batch size but under Platform's goes alone`() {
        let limits = BatchLimits(maxMessages: 9, maxBytes: 100)
        #expect(
            BatchSplitter.split(bytesCounts: [10, 5000, 10, 10], limits: limits)
                == [.send(0..<1), .send(1..<2), .send(2..<4)])
    }

    @Test func `no setting lifts Platform's own limit`() {
        let limits = BatchLimits(maxMessages: 0, maxBytes: .max)
        #expect(
            BatchSplitter.split(bytesCounts: [1, limit + 1, 1], limits: limits)
                == [.send(0..<1), .tooLarge(1), .send(2..<3)])
        let many = BatchLimits(maxMessages: .max, maxBytes: .max)
        let half = (limit - 16) / 2
        #expect(
            BatchSplitter.split(bytesCounts: [half, half, half], limits: many)
                == [.send(0..<2), .send(2..<3)])
    }

    @Test(arguments: [0, 1])
    func `at the limit to the byte`(excess: Int) throws {
        let builder = RequestBuilder(
            PlatformInlet(inletURL: "https://h/collection/abc", batch: BatchLimits()))
        let room = limit - builder.bytesCount(of: Sample.message(#"{"a":""}"#)) + excess
        let body = #"{"a":""# + String(repeating: "x", count: room) + #""}"#
        let message = Sample.message(body)
        #expect(builder.bytesCount(of: message) == 999_999 + excess)
        #expect(builder.single(message).body.count == 999_999 + excess)
        #expect(
            builder.parts(of: [message]) == (excess == 0 ? [.send(0..<1)] : [.tooLarge(0)]))
    }

    @Test func `whatever the sizes, every request keeps the limits and none is lost`() {
        var random = SeededSource(seed: 7)
        let inlet = PlatformInlet(
            inletURL: "https://h/collection/abc",
            batch: BatchLimits(maxMessages: 5, maxBytes: 2000))
        let builder = RequestBuilder(inlet)
        for _ in 0..<200 {
            let messages = (0..<Int.random(in: 0...20, using: &random)).map { _ in
                let filler = String(
                    repeating: "y", count: Int.random(in: 0...900, using: &random))
                return Sample.message(Bool.random(using: &random) ? #"{"f":"\#(filler)"}"# : "{}")
            }
            var next = 0
            for part in builder.parts(of: messages) {
                guard case .send(let range) = part else {
                    Issue.record("nothing here is too large")
                    continue
                }
                #expect(range.lowerBound == next && range.count <= 5)
                next = range.upperBound
                let request = builder.request(for: Array(messages[range]))
                #expect(request.body.count <= 2000)
                #expect((try? JSONValue.parse(request.body)) != nil)
            }
            #expect(next == messages.count)
        }
    }
}
