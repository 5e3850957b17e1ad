import RelayCore

/// What one object of an answer says about one message, in either dialect: `statusCode` (Adobe's
/// documentation) or `status` (Adobe's connector), a number or a string, in any letter case.
struct MessageReport {
    private let object: JSONObject
    private let status: ReportedStatus
    /// Speaks of an error without giving a status.
    private let complains: Bool
    /// Platform's own id for what it took.
    let tracer: String?
    /// What the end of that id says, where it is an id as it came: one that had to be cleaned for
    /// terminals, or cut, names no message.
    let index: ElementIndex?

    init(_ object: JSONObject) {
        self.object = object
        var statuses: [JSONValue] = []
        var complains = Self.isProblem(object)
        var tracer: (asItCame: String, shown: String)?
        for member in object.members {
            switch member.key.lowercased() {
            case "status", "statuscode", "status_code": statuses.append(member.value)
            case "xactionid": tracer = Self.tracer(member.value)
            case "error", "errors", "error_code", "errorcode", "errormessage", "report":
                if Self.isSubstantial(member.value) { complains = true }
            case "success", "ok":
                if member.value == .bool(false) { complains = true }
            case "syncvalidation", "synchronousvalidation":
                if Self.isFailedValidation(member.value) { complains = true }
            default: break
            }
        }
        status = ReportedStatus(statuses)
        self.complains = complains
        self.tracer = tracer?.shown
        index = tracer.flatMap { $0.asItCame == $0.shown ? ElementIndex($0.shown) : nil }
    }

    /// Reports a status that is an error.
    var fails: Bool {
        if case .failure = status { true } else { false }
    }

    /// Is no witness of success, whatever else it says.
    var contradicts: Bool { fails || status == .unreadable || complains }

    /// The outcome where each message needs evidence of its own.
    func outcome(retryAfterMs: Int64?, hiding hidden: [String]) -> Outcome {
        if case .failure(let code) = status {
            // An allowlist turns away requests, not elements: an element's 403 is about the token.
            return StatusVerdict.outcome(
                ofStatus: code, saying: words(hidden), hasBody: true, retryAfterMs: retryAfterMs)
        }
        guard !contradicts, let tracer else {
            let said = words(hidden)
            let reason = "the answer does not say what became of this message"
            return .unknown(message: said.isEmpty ? reason : Excerpt.of("\(reason): \(said)"))
        }
        return .delivered(tracer: tracer)
    }

    private func words(_ hidden: [String]) -> String {
        PlatformWords.of(object, hiding: hidden)
    }

    private static func tracer(_ value: JSONValue) -> (asItCame: String, shown: String)? {
        let text = value.string ?? value.number?.text ?? ""
        let shown = Excerpt.of(text, limitBytes: tracerBytes)
        return shown.isEmpty ? nil : (text, shown)
    }

    /// The longest known, a UUID with an index, has 40.
    private static let tracerBytes = 256

    private static func isSubstantial(_ value: JSONValue) -> Bool {
        switch value {
        case .null, .bool(false): false
        case .bool(true): true
        case .number: value.int64 != 0
        case .string(let text): !text.isEmpty
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        }
    }

    /// RFC 9457: it has a title, and says of what kind it is or what happened.
    private static func isProblem(_ object: JSONObject) -> Bool {
        object["title"]?.string != nil
            && (object["type"]?.string != nil || object["detail"]?.string != nil)
    }

    private static func isFailedValidation(_ value: JSONValue) -> Bool {
        guard let status = value["status"] else { return false }
        return status.string?.lowercased() != "pass"
    }
}
