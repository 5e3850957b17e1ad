import HTTPServer
import RelayCore
import Signing

/// The steps in front of the messages themselves, in the order they are asked. Adobe documents no
/// order; this one asks the cheap and the general first.
extension World {
    /// The inlet, and whether the sender has proved who it is.
    mutating func admit(
        _ submission: Submission, at now: Timestamp
    ) throws(Refusal) -> (inlet: Inlet, isAuthenticated: Bool) {
        if let allowed = settings.allowedAddresses,
            !allowed.contains(submission.head.remoteAddress)
        {
            throw Refusal(403, "Forbidden", nil)
        }
        guard let inlet = inlets[submission.inletID] else {
            throw Refusal(settings.unknownInletStatus, "Not Found", "Inlet not found")
        }
        guard submission.request.body.count <= settings.bodyLimitBytes else {
            throw Refusal(413, "Payload Too Large", "Request is larger than 1 MB")
        }
        try limitRate(submission, inlet, at: now)
        let isAuthenticated = try authenticate(submission, inlet, at: now)
        try checkSignature(submission, inlet)
        if settings.requiresSandboxName, submission.head.first("x-sandbox-name") == nil {
            throw Refusal(400, "Bad Request", "x-sandbox-name header is missing")
        }
        return (inlet, isAuthenticated)
    }

    private mutating func limitRate(
        _ submission: Submission, _ inlet: Inlet, at now: Timestamp
    ) throws(Refusal) {
        if submission.wantsValidation, !submission.isBatch {
            guard settings.region == "VA7" else {
                throw Refusal(
                    501, "Not Implemented", "Synchronous validation is not available here")
            }
            let limit = settings.syncRatePerMinute
            guard rates.admits("sync/\(inlet.id)", limit: limit, windowMs: 60_000, at: now) else {
                throw .tooMany(settings.retryAfterSeconds)
            }
        }
        guard rates.admits(inlet.id, limit: settings.ratePerSecond, windowMs: 1000, at: now) else {
            throw .tooMany(settings.retryAfterSeconds)
        }
    }

    /// On an open inlet a token is looked at, but a bad one stops nothing.
    private func authenticate(
        _ submission: Submission, _ inlet: Inlet, at now: Timestamp
    ) throws(Refusal) -> Bool {
        guard let line = submission.head.first("authorization"), !line.isEmpty else {
            guard inlet.requiresAuthentication else { return false }
            throw .authorization(401, "[\(inlet.id)] Ims service token is empty")
        }
        let isBearer = line.lowercased().hasPrefix("bearer ")
        let token = String(isBearer ? line.dropFirst("bearer ".count) : line[...])
        let verdict = tokens.verdict(on: token, at: now)
        if verdict == .valid(organisation: inlet.organisation) { return true }
        guard inlet.requiresAuthentication else { return false }
        let fault = verdict == .expired ? "expired" : "invalid"
        throw .authorization(
            settings.refusedTokenStatus, "[\(inlet.id)] Ims service token is \(fault)")
    }

    private func checkSignature(
        _ submission: Submission, _ inlet: Inlet
    ) throws(Refusal) {
        guard let check = inlet.signature else { return }
        guard let key = HMACKey(check.secret), let text = submission.head.first("x-hmac-sha256"),
            let code = check.decode(text), key.matches(code, over: submission.request.body)
        else {
            throw .authorization(
                settings.refusedSignatureStatus, "[\(inlet.id)] HMAC is missing or invalid")
        }
    }
}

extension Inlet.SignatureCheck {
    fileprivate func decode(_ text: String) -> [UInt8]? {
        switch encoding {
        case .hex: Hex.decode(text)
        case .base64: Base64.decode(text)
        }
    }
}
