import CMicroHTTPD

/// Takes the headers out of the library and holds them against the rules that keep one request
/// from being read as two (RFC 9112, sections 5.1, 6.1, 6.3): the library itself is lenient about
/// repeated lengths, length together with transfer coding, and blanks before the colon.
struct HeadReader {
    private var block = HeaderBlock()
    private var headBytes = 0
    private var lengthCount = 0
    private var codingCount = 0
    private var hostCount = 0
    private var hasBadName = false
    /// A value ends elsewhere for others: at a carriage return, which is no end of a line for the
    /// library, or behind a zero byte, which is the end of a value for it.
    private var hasHiddenValue = false
    /// A line was continued on the next: the library puts such a one together elsewhere.
    private var isFolded = false
    /// Where the head lies; nil when the lines come from elsewhere.
    private var place: Range<UInt>?
    private var declaredLength: Int?
    private var isChunked = false
    /// More digits than a length can have.
    private var isLengthTooLarge = false
    /// Address behind the last header's value, in the library's copy of the head.
    private var lastEnd: UInt = 0

    var announcesBody: Bool { isChunked || (declaredLength ?? 0) > 0 }

    /// - Parameter start: of the head in the library's memory.
    mutating func read(_ connection: OpaquePointer, start: UnsafePointer<CChar>? = nil) {
        headBytes = unsafe holdfast_head_bytes(connection)
        place = unsafe start.map { start in
            UInt(bitPattern: start)..<UInt(bitPattern: start) + UInt(headBytes)
        }
        block.reserve(bytes: headBytes, lines: 16)
        unsafe withUnsafeMutablePointer(to: &self) { reader in
            _ = unsafe MHD_get_connection_values_n(
                connection, .HEADER_KIND, addHeaderLine, reader)
        }
    }

    mutating func add(
        name: UnsafeBufferPointer<UInt8>, value: UnsafeBufferPointer<UInt8>
    ) {
        unsafe block.append(name: name, value: value)
        if let place {
            let start = UInt(bitPattern: name.baseAddress)
            if !place.contains(start) {
                isFolded = true
            } else if place.contains(lastEnd), start > lastEnd, !isNextLine(start) {
                hasHiddenValue = true
            }
        }
        lastEnd = max(lastEnd, UInt(bitPattern: value.baseAddress) + UInt(value.count))
        if unsafe !isToken(name) { hasBadName = true }
        if unsafe holds(value, 0x0D) { hasHiddenValue = true }
        switch name.count {
        case 4 where unsafe equals(name, "host"):
            hostCount += 1
        case 14 where unsafe equals(name, "content-length"):
            lengthCount += 1
            // Digits alone: `Int` would take a sign.
            let isDigits = unsafe value.allSatisfy { (0x30...0x39).contains($0) }
            declaredLength = unsafe isDigits ? Int(String(decoding: value, as: UTF8.self)) : nil
            isLengthTooLarge = isDigits && !value.isEmpty && declaredLength == nil
        case 17 where unsafe equals(name, "transfer-encoding"):
            codingCount += 1
            isChunked = unsafe equals(value, "chunked")
        default:
            break
        }
    }

    /// Whether the method is a token with nothing but blanks behind it: for the library it ends at
    /// a zero byte as well, and may hold anything.
    func isMethod(_ method: UnsafePointer<CChar>, before target: UInt) -> Bool {
        let start = unsafe UnsafeRawPointer(method).assumingMemoryBound(to: UInt8.self)
        let count = unsafe strlen(method)
        let end = UInt(bitPattern: start) + UInt(count)
        guard end < target, target - end <= UInt(headBytes) else { return false }
        let name = unsafe UnsafeBufferPointer(start: start, count: count)
        // The first blank is the zero that ends the method now.
        let between = unsafe UnsafeBufferPointer(
            start: start + count + 1, count: Int(target - end) - 1)
        return unsafe isToken(name) && between.allSatisfy { $0 == 0x20 }
    }

    /// Whether the name at this address follows on the last value: behind blanks and one or two
    /// bytes, the end of a line, which the library has overwritten with zeros. It takes a zero byte
    /// in a value for the end of it. (One right before a line feed alone looks the same as a
    /// carriage return.)
    private func isNextLine(_ start: UInt) -> Bool {
        var bytes = unsafe UnsafeBufferPointer(
            start: UnsafePointer<UInt8>(bitPattern: lastEnd), count: Int(start - lastEnd))[...]
        while unsafe bytes.count > 2, let first = unsafe bytes.first, first == 0x20 || first == 0x09
        {
            unsafe bytes = unsafe bytes.dropFirst()
        }
        return unsafe bytes.count <= 2
    }

    /// Whether nothing but the ends of two lines stands between the last value and the end of the
    /// head. The library takes a line without a name (`: x`) for the end, and what follows for the
    /// body or the next request.
    func endsWhereItSeems(start: UnsafePointer<CChar>) -> Bool {
        let head = UInt(bitPattern: start)
        let end = head + UInt(headBytes)
        guard lastEnd > head, lastEnd <= end else { return block.count == 0 }
        let from = Int(lastEnd - head)
        var bytes = unsafe UnsafeBufferPointer(start: start, count: headBytes)[from...]
        // Blanks after the value, then CR LF CR LF, each byte as it was or already overwritten
        // with the library's zero.
        while let first = unsafe bytes.first, first == 0x20 || first == 0x09 {
            unsafe bytes = unsafe bytes.dropFirst()
        }
        return unsafe bytes.count <= 4
            && bytes.allSatisfy { $0 == 0 || $0 == 0x0D || $0 == 0x0A }
    }

    /// The answer to a head that the library has refused before we were asked.
    var refusalUnseen: ServerResponse {
        if lengthCount > 1 { return .malformed }
        if isLengthTooLarge { return .lengthTooLarge }
        // What else the library minds in a complete head is that its cookies do not fit.
        return lengthCount > 0 && declaredLength == nil ? .malformed : .headTooLarge
    }

    /// The answer to a head that breaks the rules. (A length that is no number never comes here:
    /// see `forestallLibrary`.)
    func refusal(
        target: String, version: String, options: ServerOptions
    ) -> ServerResponse? {
        if headBytes > options.maxHeaderBytes || block.count > options.maxHeaderCount {
            return .headTooLarge
        }
        let isAmbiguous =
            lengthCount > 1 || codingCount > 1 || (lengthCount > 0 && codingCount > 0)
            || (codingCount > 0 && (!isChunked || version == "HTTP/1.0"))
            || (lengthCount > 0 && declaredLength == nil && !isLengthTooLarge)
        let lacksHost = hostCount == 0 && version != "HTTP/1.0"
        let hasBadTarget = TargetScan(target).isBad
        let isBad =
            isAmbiguous || hasBadName || hasHiddenValue || isFolded || hostCount > 1 || lacksHost
            || hasBadTarget
        if isBad { return .malformed }
        return isLengthTooLarge ? .lengthTooLarge : nil
    }

    func head(method: String, version: String, of connection: Connection) -> RequestHead {
        let target = connection.target
        let (path, query) = TargetScan(target).parts(of: target)
        return RequestHead(
            method: method, path: path, query: query,
            declaredLength: declaredLength,
            remoteAddress: connection.remoteAddress, isTLS: connection.loop.isTLS,
            httpVersion: version, block: block)
    }

    private func equals(
        _ bytes: UnsafeBufferPointer<UInt8>, _ lowercase: StaticString
    ) -> Bool {
        guard bytes.count == lowercase.utf8CodeUnitCount else { return false }
        for index in bytes.indices
        where unsafe bytes[index] | 0x20 != lowercase.utf8Start[index] | 0x20 {
            return false
        }
        return true
    }

    private func holds(_ bytes: UnsafeBufferPointer<UInt8>, _ byte: UInt8) -> Bool {
        guard let start = bytes.baseAddress else { return false }
        return unsafe memchr(start, Int32(byte), bytes.count) != nil
    }

    /// RFC 9110, section 5.6.2.
    private func isToken(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe !name.isEmpty
            && name.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x2E: true
                case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x5E, 0x60, 0x7C, 0x7E: true
                default: false
                }
            }
    }
}

/// The library's iterator: one call a header line.
private func addHeaderLine(
    reader: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?,
    nameBytes: Int, value: UnsafePointer<CChar>?, valueBytes: Int
) -> MHD_Result {
    guard let reader = unsafe reader else { return .NO }
    unsafe reader.assumingMemoryBound(to: HeadReader.self).pointee.add(
        name: buffer(name, nameBytes), value: buffer(value, valueBytes))
    return .YES
}

private func buffer(_ start: UnsafePointer<CChar>?, _ count: Int) -> UnsafeBufferPointer<UInt8> {
    let bytes = unsafe UnsafeRawPointer(start)?.assumingMemoryBound(to: UInt8.self)
    return unsafe UnsafeBufferPointer(start: bytes, count: unsafe bytes == nil ? 0 : count)
}
