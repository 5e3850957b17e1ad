import CMicroHTTPD
import Glibc

/// The library's callbacks. They run on the loop's network thread; each finds its object through
/// a pointer that is alive by construction (see `EventLoop` and `Connection`).
extension EventLoop {
    /// TLS 1.2 and later.
    private static let priorities = "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"
    /// The quota bounds connections before they come here; the library must not count again.
    private static let libraryConnectionLimit = UInt32(1 << 30)

    func makeDaemon() -> Daemon? {
        var settings = unsafe holdfast_daemon_settings()
        var flags =
            MHD_USE_EPOLL.rawValue | MHD_USE_NO_LISTEN_SOCKET.rawValue
            | MHD_ALLOW_SUSPEND_RESUME.rawValue | MHD_USE_ERROR_LOG.rawValue
        if isTLS { flags |= MHD_USE_TLS.rawValue }
        unsafe settings.flags = UInt32(flags)
        unsafe settings.connection_limit = Self.libraryConnectionLimit
        unsafe settings.connection_memory_bytes = options.connectionMemoryBytes
        unsafe settings.owner = Unmanaged.passUnretained(self).toOpaque()
        unsafe settings.on_request = onRequest
        unsafe settings.on_connection = onConnection
        unsafe settings.on_target = onTarget
        unsafe settings.on_completed = onCompleted
        // What it quotes is left out. (Its type differs from one processor to the other.)
        unsafe settings.on_words = { owner, format, _ in unsafe onWords(owner, format) }
        return unsafe start(settings)
    }

    /// The library reads certificate and key during the call only.
    private func start(_ settings: holdfast_daemon_settings) -> Daemon? {
        var settings = unsafe settings
        guard let tls = options.tls else {
            return unsafe holdfast_start_daemon(&settings).map { unsafe Daemon($0) }
        }
        let certificate = String(decoding: tls.certificatePEM, as: UTF8.self)
        let key = String(decoding: tls.keyPEM, as: UTF8.self)
        let started = unsafe certificate.withCString { certificate in
            unsafe key.withCString { key in
                unsafe Self.priorities.withCString { priorities in
                    unsafe settings.certificate = unsafe certificate
                    unsafe settings.key = unsafe key
                    unsafe settings.priorities = unsafe priorities
                    return unsafe holdfast_start_daemon(&settings)
                }
            }
        }
        return unsafe started.map { unsafe Daemon($0) }
    }
}

private func onConnection(
    owner: UnsafeMutableRawPointer?, handle: OpaquePointer?,
    context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?,
    code: MHD_ConnectionNotificationCode
) {
    guard let owner = unsafe owner, let handle = unsafe handle, let context = unsafe context
    else { return }
    let loop = unsafe Unmanaged<EventLoop>.fromOpaque(owner).takeUnretainedValue()
    if code == .CONNECTION_NOTIFY_STARTED {
        let connection = unsafe Connection(loop: loop, handle: handle)
        unsafe context.pointee = unsafe Unmanaged.passRetained(connection).toOpaque()
        loop.connectionStarted(connection)
    } else if let stored = unsafe context.pointee {
        unsafe context.pointee = nil
        loop.connectionClosed(
            unsafe Unmanaged<Connection>.fromOpaque(stored).takeRetainedValue())
    }
}

/// The raw request target, before the library takes it apart. What is returned here comes back as
/// the request's context.
private func onTarget(
    owner: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, handle: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let stored = unsafe holdfast_socket_context(handle) else { return nil }
    let connection = unsafe Unmanaged<Connection>.fromOpaque(stored).takeUnretainedValue()
    // Counted in bytes as sent: the text may have been repaired to be UTF-8.
    let bytesCount = unsafe target.map { unsafe strlen($0) } ?? 0
    let start = UInt(bitPattern: target)
    connection.loop.headBegins(of: connection)
    connection.begin(
        target: unsafe target.map { unsafe String(cString: $0) } ?? "",
        place: start..<start + UInt(bytesCount))
    return unsafe stored
}

private func onRequest(
    owner: UnsafeMutableRawPointer?, handle: OpaquePointer?, url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?,
    upload: UnsafePointer<CChar>?, uploadBytes: UnsafeMutablePointer<Int>?,
    context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let stored = unsafe context?.pointee, let method = unsafe method,
        let version = unsafe version, let uploadBytes = unsafe uploadBytes
    else { return .NO }
    let connection = unsafe Unmanaged<Connection>.fromOpaque(stored).takeUnretainedValue()
    // A piece of nothing is not the end: after a 100 (Continue) without need, it comes when the
    // next request is there already.
    if unsafe upload != nil, unsafe uploadBytes.pointee == 0 { return .YES }
    let start = unsafe UnsafeRawPointer(upload)?.assumingMemoryBound(to: UInt8.self)
    let piece = unsafe UnsafeBufferPointer(
        start: start, count: unsafe start == nil ? 0 : uploadBytes.pointee)
    unsafe uploadBytes.pointee = 0
    return unsafe connection.proceed(method: method, version: version, piece: piece)
}

private func onCompleted(
    owner: UnsafeMutableRawPointer?, handle: OpaquePointer?,
    context: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, code: MHD_RequestTerminationCode
) {
    guard let stored = unsafe context?.pointee else { return }
    let connection = unsafe Unmanaged<Connection>.fromOpaque(stored).takeUnretainedValue()
    connection.loop.requestCompleted(connection)
}

/// The library has something to say. It is kept nowhere, but these words come before the library
/// refuses a request by itself.
private func onWords(_ owner: UnsafeMutableRawPointer?, _ format: UnsafePointer<CChar>?) {
    guard let owner = unsafe owner, let format = unsafe format else { return }
    let refusal = "Error processing request"
    guard unsafe strncmp(format, refusal, refusal.utf8.count) == 0 else { return }
    unsafe Unmanaged<EventLoop>.fromOpaque(owner).takeUnretainedValue().libraryRefuses()
}
