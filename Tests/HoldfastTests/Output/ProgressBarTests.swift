import Testing

@testable import holdfast

struct ProgressBarTests {
    @Test func `the remaining time comes from the pace and is silent before there is one`() {
        var bar = ProgressBar(verb: "replay 1", total: 4000, startedNs: 0)
        #expect(
            bar.text(done: 500, nowNs: 500_000_000)
                == "replay 1 [==                  ] 12% 500/4,000")
        #expect(bar.text(done: 600, nowNs: 550_000_000) == nil)
        #expect(
            bar.text(done: 1000, nowNs: 2_000_000_000)
                == "replay 1 [=====               ] 25% 1,000/4,000, 500/s, 6s left")
        #expect(bar.text(done: 4000, nowNs: 2_000_000_001)?.contains("100%") == true)
    }

    @Test func `a pace of long ago is forgotten`() {
        var bar = ProgressBar(verb: "x", total: 100_000, startedNs: 0)
        _ = bar.text(done: 50_000, nowNs: 1_000_000_000)
        _ = bar.text(done: 50_010, nowNs: 11_000_000_000)
        let text = bar.text(done: 50_020, nowNs: 21_000_000_001)
        #expect(text?.contains("1.0/s, 13h 53m left") == true, "\(text ?? "")")
    }
}
