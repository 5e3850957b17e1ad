import RelayCore
import Testing

struct NearestNameTests {
    @Test(
        arguments: [
            ("timeoutms", "timeoutMs"), ("timoutMs", "timeoutMs"), ("tiemoutMs", "timeoutMs"),
            ("inletUrl", "inletURL"), ("rety", "retry"), ("hmca", "hmac"), ("sendd", "send"),
            ("conc", "concurrency"),
        ])
    func `a slip finds the name that was meant`(word: String, expected: String) {
        let names = ["timeoutMs", "inletURL", "retry", "hmac", "send", "concurrency"]
        #expect(NearestName.of(word, among: names) == expected)
    }

    @Test(arguments: ["", "x", "completelyDifferent", "zz"])
    func `a word unlike all names finds none`(word: String) {
        #expect(NearestName.of(word, among: ["tls", "retry", "a"]) == nil)
    }

    @Test func `among equals the first wins`() {
        #expect(NearestName.of("cat", among: ["bat", "hat"]) == "bat")
        #expect(NearestName.of("cat", among: [String]()) == nil)
    }
}
