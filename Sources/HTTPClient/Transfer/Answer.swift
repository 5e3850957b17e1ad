/// The answer as it comes in, within its bounds.
struct Answer {
    private(set) var body: [UInt8] = []
    private(set) var isBodyTruncated = false
    /// The body passed its hard cap and the transfer was ended for it.
    private(set) var isBodyCut = false
    /// The header lines passed their limit and the transfer was ended for it.
    private(set) var isHeaderCut = false

    private let bodyLimitBytes: Int
    private var bodyBytes = 0
    /// The fields of the newest header block; its storage is used again by the next answer.
    private var headerBytes: [UInt8] = []
    private var headerTotalBytes = 0
    private var isInHeader = false

    /// Interim answers and trailers count too.
    private static let headerLimitBytes = 65_536
    /// Read past the limit, so that a somewhat wordy answer does not cost the connection.
    private static let hardCapFactor = 16

    init(bodyLimitBytes: Int) {
        self.bodyLimitBytes = max(bodyLimitBytes, 0)
    }

    mutating func begin() {
        body = []
        bodyBytes = 0
        isBodyTruncated = false
        isBodyCut = false
        isHeaderCut = false
        headerBytes.removeAll(keepingCapacity: true)
        headerTotalBytes = 0
        isInHeader = false
    }

    /// A copy of exact size; hands nothing of the reusable storage out.
    var headers: ResponseHeaders {
        ResponseHeaders(bytes: unsafe headerBytes.withUnsafeBytes { unsafe Array($0) })
    }

    mutating func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bodyBytes += bytes.count
        let room = bodyLimitBytes - body.count
        unsafe body.append(contentsOf: bytes.prefix(room))
        if bodyBytes > bodyLimitBytes { isBodyTruncated = true }
        isBodyCut = bodyBytes / Self.hardCapFactor > bodyLimitBytes
        return !isBodyCut
    }

    /// One whole line. A status line opens a block, an empty line ends it; lines outside of a block
    /// are trailers.
    mutating func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        headerTotalBytes += line.count
        isHeaderCut = headerTotalBytes > Self.headerLimitBytes
        guard !isHeaderCut else { return false }
        if !isInHeader {
            guard unsafe line.starts(with: "HTTP/".utf8) else { return true }
            isInHeader = true
            headerBytes.removeAll(keepingCapacity: true)
        } else if unsafe line.first == 13 || line.first == 10 {
            isInHeader = false
        } else {
            unsafe headerBytes.append(contentsOf: line)
        }
        return true
    }
}
