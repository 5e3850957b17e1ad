// Output: everything a command says.
//
// For: tables and lines on standard output, messages and progress on standard error.
//
// Promises: `Console` is the only way out. Standard output holds results and nothing else. What
// comes from the store is made harmless before it meets a terminal. Colour only where a person
// watches and did not object. Our own words are ASCII.
//
// Never: a write that blocks while a transaction is open (callers finish reading first), a secret,
// a decision.
//
// Fails: a reader who left (`head`) throws `OutputClosed`, which `main` turns into a quiet end; any
// other fault of writing throws `OutputFailure`. A fault is kept: where a message had to push the
// output out before it, the next flush throws what that met, and the last one is `main`'s.

import RelayCore
import RelayRuntime

final class Console {
    enum Stream: Sendable { case output, error }

    typealias Sink = (Stream, [UInt8]) -> Terminal.WriteResult

    /// Width to fit tables into; nil when nobody watches, and then nothing is cut.
    let columns: Int?
    let usesColour: Bool
    /// Somebody can be asked, and sees the question.
    let isInteractive: Bool
    /// Width of the screen that shows progress; nil when standard error is none.
    let progressColumns: Int?
    private let sink: Sink
    private var showsProgress = false
    private var pending: [UInt8] = []
    /// Once met, nothing more is written and every flush throws it.
    private var fault: (any Error)?

    private static let flushBytes = 65_536

    init(
        columns: Int?, usesColour: Bool, isInteractive: Bool = false, progressColumns: Int? = nil,
        sink: @escaping Sink
    ) {
        self.progressColumns = progressColumns
        self.columns = columns
        self.usesColour = usesColour
        self.isInteractive = isInteractive
        self.sink = sink
    }

    /// The process's own descriptors.
    static func standard(variable: (String) -> String?) -> Console {
        Terminal.ignoreBrokenPipes()
        let watched = Terminal.isTerminal(1)
        let objects =
            !(variable("NO_COLOR") ?? "").isEmpty || variable("TERM") == "dumb"
        return Console(
            columns: watched ? max(40, Terminal.columns(1) ?? 80) : nil,
            usesColour: watched && !objects,
            isInteractive: Terminal.isTerminal(0) && Terminal.isTerminal(2),
            progressColumns: Terminal.isTerminal(2) && variable("TERM") != "dumb"
                ? max(40, Terminal.columns(2) ?? 80) : nil
        ) { stream, bytes in
            Terminal.write(bytes, to: stream == .output ? 1 : 2)
        }
    }

    var isWatched: Bool { columns != nil }

    /// A line of the result.
    func line(_ text: String = "") throws {
        try write(Array(text.utf8) + [0x0A])
    }

    func lines(_ lines: [String]) throws {
        for line in lines { try self.line(line) }
    }

    /// One line of JSON.
    func json(_ object: JSONObject) throws {
        try write(JSONValue.object(object).serialized() + [0x0A])
    }

    func write(_ bytes: [UInt8]) throws {
        pending.append(contentsOf: bytes)
        if pending.count >= Console.flushBytes { try flush() }
    }

    /// A message for people, on standard error. A standard error that is gone is nobody's loss.
    func message(_ text: String) {
        // What was said before stands before it on a shared screen.
        try? flush()
        endProgress()
        let lines = progressColumns.map { DisplayText.wrapped(text, to: $0) } ?? [text]
        _ = sink(.error, Array((lines.joined(separator: "\n") + "\n").utf8))
    }

    /// Asks without ending the line.
    func prompt(_ text: String) {
        try? flush()
        endProgress()
        _ = sink(.error, Array(text.utf8))
    }

    /// Replaces the line of progress; nothing where nobody watches.
    func progress(_ text: String) {
        guard let progressColumns else { return }
        showsProgress = true
        let line = DisplayText.cut(text, to: progressColumns - 1)
        _ = sink(.error, Array("\r\(line)\u{1B}[K".utf8))
    }

    func endProgress() {
        guard showsProgress else { return }
        showsProgress = false
        _ = sink(.error, Array("\r\u{1B}[K".utf8))
    }

    /// Before a wait and at the end.
    func flush() throws {
        let bytes = pending
        pending = []
        if fault == nil, !bytes.isEmpty {
            endProgress()
            switch sink(.output, bytes) {
            case .written: break
            case .readerGone: fault = OutputClosed()
            case .failed(let number): fault = OutputFailure(systemError: number)
            }
        }
        if let fault { throw fault }
    }

    func styled(_ text: String, _ style: TextStyle) -> String {
        usesColour ? style.apply(to: text) : text
    }
}
