import RelayRuntime

/// Standard output could not be written, by a full disk for example.
struct OutputFailure: Error, CustomStringConvertible {
    let systemError: Int32

    var description: String {
        "standard output cannot be written: \(Terminal.message(systemError: systemError))"
    }
}
