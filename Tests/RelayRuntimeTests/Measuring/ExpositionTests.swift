import RelayCore
import RelayRuntime
import Testing

@Suite struct ExpositionTests {
    @Test func `a family is its help, its type and its series`() {
        let family = MetricFamily.counter(
            "holdfast_things_total", "Things, \"quoted\" and \\ escaped.",
            [.whole(3, (.source, "a\"b\\c\nd"), (.outcome, "x")), .whole(0)])
        #expect(
            Exposition.text([family]) == """
                # HELP holdfast_things_total Things, "quoted" and \\\\ escaped.
                # TYPE holdfast_things_total counter
                holdfast_things_total{source="a\\"b\\\\c\\nd",outcome="x"} 3
                holdfast_things_total 0

                """)
    }

    @Test func `a histogram adds its buckets up and closes with all`() {
        let histogram = Histogram(Distribution.Scale(bounds: [100, 2500], perUnit: 1000))
        for value: Int64 in [50, 100, 2000, 9000] { histogram.add(value) }
        let family = MetricFamily.histogram(
            "holdfast_wait_seconds", "Waiting.",
            [.distribution(histogram.distribution, (.destination, "copy"))])
        #expect(
            Exposition.text([family]).split(separator: "\n").dropFirst(2).joined(separator: "\n")
                == """
                holdfast_wait_seconds_bucket{destination="copy",le="0.1"} 2
                holdfast_wait_seconds_bucket{destination="copy",le="2.5"} 3
                holdfast_wait_seconds_bucket{destination="copy",le="+Inf"} 4
                holdfast_wait_seconds_sum{destination="copy"} 11.15
                holdfast_wait_seconds_count{destination="copy"} 4
                """)
    }

    @Test(arguments: [
        (0.0, "0"), (1.5, "1.5"), (1e9, "1000000000"), (1e-5, "1e-05"), (Double.infinity, "+Inf"),
    ])
    func `numbers read as Go reads them`(value: Double, text: String) {
        let family = MetricFamily.gauge("holdfast_x", "X.", [.real(value)])
        #expect(Exposition.text([family]).hasSuffix("holdfast_x \(text)\n"))
    }

    @Test func `the process knows what it uses`() throws {
        let vitals = try #require(ProcessVitals.read())
        #expect(vitals.residentBytes > 1_048_576 && vitals.cpuSeconds > 0)
        #expect(vitals.openDescriptors >= 3 && vitals.descriptorLimit >= vitals.openDescriptors)
        #expect(vitals.startedAtSeconds > 1_600_000_000)
    }
}
