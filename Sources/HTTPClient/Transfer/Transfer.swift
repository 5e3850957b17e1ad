import CCurl
import Dispatch

/// One pooled easy handle with the request it carries and the answer as far as it has come.
///
/// The handle's options for its policy are set once; `begin` sets what differs per request.
/// Curl holds an unretained pointer to this object (private data, data callbacks). While the handle
/// is in the multi handle the engine's table of active transfers keeps the object alive; outside
/// of it curl makes no callbacks.
@safe
// Confined to the engine's queue.
final class Transfer {
    let easy = EasyHandle()
    /// Set from `begin` to `end`. Keeps the body alive, which curl reads in place.
    private(set) var submission: Submission?
    private(set) var home: TransferPool?
    var answer: Answer

    /// Curl's words about a failure; zero-terminated.
    let errorText: UnsafeMutablePointer<CChar>
    private let headerLines = HeaderLines()
    private let offersHTTP2: Bool
    private var deadline: UInt64 = 0

    // What the handle is set to at the moment.
    private var method = ""
    private var url = ""
    private var timeoutMs = -1
    private var connectTimeoutMs = -1

    /// Past the timeout, before the engine steps in for curl.
    private static let graceNanoseconds: UInt64 = 100_000_000
    private static let urlLimitBytes = 65_536

    /// The socket owner is the engine, which outlives every connection.
    @unsafe init(policy: ClientPolicy, socketOwner: UnsafeMutableRawPointer) {
        unsafe errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        unsafe errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        answer = Answer(bodyLimitBytes: policy.responseBodyLimitBytes)
        offersHTTP2 = policy.http2
        easy.apply(policy)
        unsafe easy.set(CURLOPT_ERRORBUFFER, pointer: errorText)
        unsafe installCallbacks(socketOwner: socketOwner)
    }

    deinit {
        unsafe errorText.deallocate()
    }

    /// Returns why the request cannot be sent, or nil when the handle is ready.
    func begin(_ submission: Submission, home: TransferPool) -> ClientFailure? {
        let request = submission.request
        self.submission = submission
        self.home = home
        answer.begin()
        unsafe errorText.pointee = 0
        guard Self.isToken(request.method) else { return .refused("the method is not a token") }
        guard headerLines.lay(request.headers) else {
            return .refused("a header line holds a line break")
        }
        if let refusal = setURL(request.url) { return refusal }
        unsafe easy.set(CURLOPT_HTTPHEADER, list: headerLines.list)
        setTimes(request)
        setMethodAndBody(request)
        return nil
    }

    func end() {
        submission = nil
        home = nil
    }

    var requestMayHaveArrived: Bool {
        easy.number(CURLINFO_REQUEST_SIZE) > 0 || easy.offset(CURLINFO_SIZE_UPLOAD_T) > 0
    }

    func isOverdue(_ now: UInt64) -> Bool { now > deadline }

    var overdueFailure: ClientFailure {
        ClientFailure(
            kind: .timeout, message: "no answer within \(timeoutMs) ms",
            requestMayHaveArrived: requestMayHaveArrived)
    }

    private func setURL(_ url: String) -> ClientFailure? {
        guard url != self.url else { return nil }
        guard url.utf8.count <= Self.urlLimitBytes, !url.utf8.contains(0) else {
            return .refused("the URL is too long or holds a zero byte")
        }
        easy.set(CURLOPT_URL, url)
        // Waiting to learn whether a pending connection can be shared is settled by the TLS
        // handshake. Over plain http it would last until the first answer: never wait there.
        let isHTTPS = url.utf8.count > 6 && url.prefix(6).lowercased() == "https:"
        easy.set(CURLOPT_PIPEWAIT, offersHTTP2 && isHTTPS)
        self.url = url
        return nil
    }

    private func setTimes(_ request: ClientRequest) {
        deadline =
            DispatchTime.now().uptimeNanoseconds
            + UInt64(max(request.timeoutMs, 1)) * 1_000_000 + Self.graceNanoseconds
        if request.timeoutMs != timeoutMs {
            timeoutMs = request.timeoutMs
            easy.set(CURLOPT_TIMEOUT_MS, max(timeoutMs, 1))
        }
        if request.connectTimeoutMs != connectTimeoutMs {
            connectTimeoutMs = request.connectTimeoutMs
            easy.set(CURLOPT_CONNECTTIMEOUT_MS, max(connectTimeoutMs, 1))
        }
    }

    private func setMethodAndBody(_ request: ClientRequest) {
        let isRead = request.method == "GET" || request.method == "HEAD"
        let isBodiless = isRead && request.body.isEmpty
        if !isBodiless { setBody(request.body) }
        let shape = isBodiless ? request.method : "+" + request.method
        guard shape != method else { return }
        method = shape
        easy.set(CURLOPT_NOBODY, false)
        easy.set(CURLOPT_CUSTOMREQUEST, nil as String?)
        if !isBodiless {
            easy.set(CURLOPT_POST, true)
            if request.method != "POST" { easy.set(CURLOPT_CUSTOMREQUEST, request.method) }
        } else if request.method == "HEAD" {
            easy.set(CURLOPT_NOBODY, true)
        } else {
            easy.set(CURLOPT_HTTPGET, true)
        }
    }

    /// An array's elements stay where they are as long as the array is held and not changed;
    /// `submission` holds it until `end`, after curl has let go of the handle.
    private func setBody(_ body: [UInt8]) {
        easy.set(CURLOPT_POSTFIELDSIZE_LARGE, offset: body.count)
        unsafe body.withUnsafeBytes { bytes in
            let start = unsafe UnsafeMutableRawPointer(mutating: bytes.baseAddress)
            // Without a pointer curl would ask a read callback for the body; any will do for none.
            unsafe easy.set(
                CURLOPT_POSTFIELDS, pointer: start ?? UnsafeMutableRawPointer(errorText))
        }
    }

    private static func isToken(_ method: String) -> Bool {
        !method.isEmpty && method.utf8.allSatisfy { $0 >= 0x41 && $0 <= 0x5a }
    }
}
