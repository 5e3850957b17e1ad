package import RelayCore

/// One metric with all its series, as it stands at the moment.
package struct MetricFamily: Sendable {
    package enum Kind: String, Sendable { case counter, gauge, histogram }

    /// The labels there are. Their values come from the configuration or from the code, never from
    /// what somebody sent, so that the number of series is bounded by the configuration.
    package enum Label: String, Sendable {
        case source, hook, destination, outcome
        case errorClass = "error_class"
        /// Of `holdfast_build_info` alone.
        case version
    }

    package enum Value: Sendable {
        case whole(Int64)
        case real(Double)
        case distribution(Distribution)
    }

    package struct Sample: Sendable {
        package let labels: [(Label, String)]
        package let value: Value

        package init(_ labels: [(Label, String)], _ value: Value) {
            self.labels = labels
            self.value = value
        }
    }

    package let name: String
    package let kind: Kind
    /// One sentence: what it counts.
    package let help: String
    package let samples: [Sample]

    private init(_ name: String, _ kind: Kind, _ help: String, _ samples: [Sample]) {
        self.name = name
        self.kind = kind
        self.help = help
        self.samples = samples
    }
}

extension MetricFamily {
    package static func counter(
        _ name: String, _ help: String, _ samples: [Sample]
    ) -> MetricFamily {
        precondition(name.hasSuffix("_total"), "a counter's name ends so")
        return MetricFamily(name, .counter, help, samples)
    }

    package static func gauge(
        _ name: String, _ help: String, _ samples: [Sample]
    ) -> MetricFamily {
        MetricFamily(name, .gauge, help, samples)
    }

    package static func histogram(
        _ name: String, _ help: String, _ samples: [Sample]
    ) -> MetricFamily {
        MetricFamily(name, .histogram, help, samples)
    }
}

extension MetricFamily.Sample {
    package static func whole(
        _ value: Int64, _ labels: (MetricFamily.Label, String)...
    ) -> MetricFamily.Sample {
        MetricFamily.Sample(labels, .whole(value))
    }

    package static func real(
        _ value: Double, _ labels: (MetricFamily.Label, String)...
    ) -> MetricFamily.Sample {
        MetricFamily.Sample(labels, .real(value))
    }

    package static func distribution(
        _ value: Distribution, _ labels: (MetricFamily.Label, String)...
    ) -> MetricFamily.Sample {
        MetricFamily.Sample(labels, .distribution(value))
    }
}
