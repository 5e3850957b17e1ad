import CLoad

/// From the 200 to the arrival at a sink, of those that were marked at both ends.
enum Trips {
    static func reset() { cload_marks_reset() }

    static var spread: Spread { Spread(cload_trips()) }
}
