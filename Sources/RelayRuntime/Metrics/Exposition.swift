import RelayCore

/// Metrics as Prometheus reads them: the text format, version 0.0.4.
package enum Exposition {
    package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

    package static func text(_ families: [MetricFamily]) -> String {
        var text = ""
        for family in families {
            text += "# HELP \(family.name) \(escaped(family.help, quotes: false))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            for sample in family.samples { append(sample, of: family.name, to: &text) }
        }
        return text
    }

    private static func append(
        _ sample: MetricFamily.Sample, of name: String, to text: inout String
    ) {
        let labels = sample.labels.map { "\($0.rawValue)=\"\(escaped($1, quotes: true))\"" }
        switch sample.value {
        case .whole(let value): text += line(name, labels, String(value))
        case .real(let value): text += line(name, labels, number(value))
        case .distribution(let distribution):
            let scale = distribution.scale
            var below: Int64 = 0
            for (bound, count) in zip(scale.bounds, distribution.counts) {
                below += count
                let limit = number(Double(bound) / Double(scale.perUnit))
                text += line(name + "_bucket", labels + ["le=\"\(limit)\""], String(below))
            }
            let total = String(distribution.total)
            text += line(name + "_bucket", labels + ["le=\"+Inf\""], total)
            let sum = Double(distribution.sum) / Double(scale.perUnit)
            text += line(name + "_sum", labels, number(sum))
            text += line(name + "_count", labels, total)
        }
    }

    private static func line(_ name: String, _ labels: [String], _ value: String) -> String {
        labels.isEmpty
            ? "\(name) \(value)\n" : "\(name){\(labels.joined(separator: ","))} \(value)\n"
    }

    /// Whole numbers without a fraction, everything else as short as it can be read back.
    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        if let whole = Int64(exactly: value) { return String(whole) }
        return "\(value)"
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var line = ""
        for character in text {
            switch character {
            case "\\": line += "\\\\"
            case "\n": line += "\\n"
            case "\"" where quotes: line += "\\\""
            default: line.append(character)
            }
        }
        return line
    }
}
