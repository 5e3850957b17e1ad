import RelayCore
import RelayStore

/// What a replay would do, shown before it does it.
struct ReplayPreview {
    private static let bodyLines = 30

    private let choice: Choice
    private let unsendable: Int
    private let order: ReplayOrder
    private let reader: StoreReader
    private let context: CommandContext
    /// Bodies the patch does not fit, and the first reason.
    private let misfits: Int
    private let firstMisfit: String?

    init(
        choice: Choice, unsendable: Int, order: ReplayOrder, reader: StoreReader,
        _ context: CommandContext
    ) throws {
        self.choice = choice
        self.unsendable = unsendable
        self.order = order
        self.reader = reader
        self.context = context
        guard let patch = order.patch else {
            (misfits, firstMisfit) = (0, nil)
            return
        }
        var count = 0
        var first: String?
        let look = LookLine(context)
        for (index, delivery) in choice.deliveries.enumerated() {
            look.show("trying the patch: \(Words.count(Int64(index)))")
            guard let body = try reader.body(of: delivery.key.sequence) else { continue }
            do throws(JSONPatch.Failure) {
                _ = try patch.applied(to: body)
            } catch {
                count += 1
                first = first ?? "\(error)"
            }
        }
        look.end()
        (misfits, firstMisfit) = (count, first)
    }

    /// For a person, on standard error: standard output belongs to results.
    func explain(resumes interrupted: ReplayRecord?) {
        for line in headLines(resumes: interrupted) { context.console.message(line) }
        let columns = context.console.isInteractive ? context.console.progressColumns : nil
        guard context.console.isInteractive else { return }
        for line in choice.sampleLines(context, columns: columns, colour: false) {
            context.console.message(line)
        }
        guard order.patch != nil, let lines = try? sentLines() else { return }
        for line in lines { context.console.message(line) }
    }

    /// The result of `--dry-run`.
    func print(isJSON: Bool, resumes interrupted: ReplayRecord?) throws {
        guard !isJSON else { return try printJSON() }
        let console = context.console
        try console.lines(headLines(resumes: interrupted))
        try console.lines(
            choice.sampleLines(context, columns: console.columns, colour: console.usesColour))
        try console.lines(try sentLines())
        console.message("nothing was changed (--dry-run)")
    }

    private func headLines(resumes interrupted: ReplayRecord?) -> [String] {
        var lines = [choice.words]
        if let interrupted {
            lines.append(
                "goes on with replay \(interrupted.id), which was interrupted after "
                    + "\(Words.count(Int64(interrupted.moved))) of "
                    + Words.count(Int64(interrupted.chosen)))
        }
        if misfits > 0 {
            lines.append(
                "the patch does not fit \(Words.plural(Int64(misfits), "body", "bodies")), "
                    + "which will be left alone: "
                    + DisplayText.harmless(firstMisfit ?? ""))
        }
        if unsendable > 0 { lines.append(Self.unsendableLine(unsendable)) }
        return lines
    }

    static func unsendableLine(_ count: Int) -> String {
        "\(Words.deliveries(count)) left out: erased, or the body is not JSON"
    }

    /// The body of the newest one that the patch fits as it leaves, the relay's stamp aside.
    private func sentLines() throws -> [String] {
        for record in choice.sample {
            if let body = try sent(record.key.sequence) { return sentLines(of: record, body) }
        }
        return []
    }

    private func sentLines(of record: DeliveryRecord, _ body: [UInt8]) -> [String] {
        let bytes = (try? JSONValue.parse(body))?.prettyPrinted() ?? body
        let lines = bytes.split(separator: 0x0A).map {
            "  " + DisplayText.harmless(String(decoding: $0, as: UTF8.self))
        }
        let change = order.patch == nil ? "" : ", patched"
        var shown = ["what is sent for \(record.id)\(change):"]
        shown += lines.prefix(Self.bodyLines)
        if lines.count > Self.bodyLines { shown.append("  ...") }
        return shown
    }

    /// Nil when it cannot be sent so.
    private func sent(_ sequence: Int64) throws -> [UInt8]? {
        guard let body = try reader.body(of: sequence) else { return nil }
        guard let patch = order.patch else { return body }
        return try? patch.applied(to: body)
    }

    /// One line per delivery, with the body that would be sent.
    private func printJSON() throws {
        for delivery in choice.deliveries {
            var object = JSONObject()
            object.append("id", .string(reader.id(of: delivery).description))
            object.append("destination", .string(try reader.destination(of: delivery)))
            object.append("state", .string(delivery.state.rawValue))
            if let body = try sent(delivery.key.sequence) {
                object.append("body", (try? JSONValue.parse(body)) ?? .null)
            }
            try context.console.json(object)
        }
    }
}
