import RelayCore

/// When, in the life of a request, its connection is lost or its answer kept back.
private enum Moment: String, CaseIterable { case before, after }

/// How much of an answer is garbage: all that is on the wire, or what a proxy would let through.
private enum Extent: String, CaseIterable { case wire, body }

extension FaultAction {
    init(_ fields: Fields) throws(ControlError) {
        var fields = fields
        self.init()
        status = try fields.integer("status", in: 100...599)
        body = fields.bodyBytes("body")
        headers = try fields.headerLines("headers")
        delayMs = try fields.integer("delayMs", in: 0...3_600_000) ?? 0
        responseCountSkew = try fields.integer("responseCountSkew", in: -1000...1000)
        dialect = try fields.choice("dialect", Dialect.self)
        elements = try fields.object("elements").map { elements throws(ControlError) in
            try ElementFault(elements)
        }
        try readManner(&fields)
        isProcessed = try fields.flag("accept") ?? isProcessed
        try fields.finish()
    }

    /// An answer from the script means that the request had no effect, unless told otherwise.
    private mutating func readManner(_ fields: inout Fields) throws(ControlError) {
        isProcessed = status == nil
        if let moment = try fields.choice("reset", Moment.self) {
            manner = .reset
            isProcessed = moment == .after
        }
        if let moment = try fields.choice("hang", Moment.self) {
            manner = .hang
            isProcessed = moment == .after
        }
        if let extent = try fields.choice("garbage", Extent.self) {
            if extent == .wire { manner = .garbage } else { hasGarbageBody = true }
        }
        if let bytes = try fields.integer("truncate") { manner = .truncated(bytes: bytes) }
        if let rate = try fields.integer("drip", in: 1...1_000_000) {
            manner = .dripped(bytesPerSecond: rate)
        }
    }
}

extension ElementFault {
    init(_ fields: Fields) throws(ControlError) {
        var fields = fields
        self.init(
            status: try fields.integer("status", in: 100...599) ?? 400,
            message: try fields.text("message") ?? "Scripted failure",
            contains: try fields.text("contains").map { Array($0.utf8) },
            every: try fields.integer("every", in: 1...Int(Int32.max)) ?? 1)
        try fields.finish()
    }
}
