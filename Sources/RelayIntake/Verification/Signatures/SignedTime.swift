package import RelayCore

/// The time a sender signs, and how far it may lie from ours, either way.
package struct SignedTime: Sendable {
    package enum Unit: Sendable { case seconds, milliseconds }

    /// The element of the signature header that holds the time; nil: a header of its own does.
    let element: String?
    let unit: Unit
    let tolerance: Span

    package init(element: String? = nil, unit: Unit = .seconds, tolerance: Span) {
        self.element = element
        self.unit = unit
        self.tolerance = tolerance
    }

    /// Digits and nothing else: no sign, no blank, no fraction. Whole seconds are held against
    /// whole seconds, as the senders' own libraries do.
    func accepts(_ text: some Collection<UInt8>, at now: Timestamp) -> Bool {
        guard (1...15).contains(text.count) else { return false }
        var value: Int64 = 0
        for byte in text {
            guard (0x30...0x39).contains(byte) else { return false }
            value = value * 10 + Int64(byte - 0x30)
        }
        let distanceMs =
            switch unit {
            case .seconds: (now.milliseconds / 1000 - value).magnitude * 1000
            case .milliseconds: (now.milliseconds - value).magnitude
            }
        return distanceMs <= tolerance.milliseconds.magnitude
    }
}
