/// The request line and headers of one request, detached from the connection that brought them.
package final class RequestHead: Sendable {
    package let method: String
    /// As sent, without a scheme and host before it, up to the first `?`: still percent-encoded,
    /// nothing collapsed or resolved.
    package let path: String
    /// As sent after the first `?`, or nil without one.
    package let query: String?
    /// From `Content-Length`; nil for chunked bodies and for requests without a body.
    package let declaredLength: Int?
    /// Numeric address of the peer, or `unix`.
    package let remoteAddress: String
    package let isTLS: Bool
    /// As sent, `HTTP/1.1`.
    package let httpVersion: String
    private let block: HeaderBlock

    init(
        method: String, path: String, query: String?, declaredLength: Int?, remoteAddress: String,
        isTLS: Bool, httpVersion: String, block: HeaderBlock
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.declaredLength = declaredLength
        self.remoteAddress = remoteAddress
        self.isTLS = isTLS
        self.httpVersion = httpVersion
        self.block = block
    }

    /// A head that no socket brought: for handlers driven directly.
    package convenience init(
        method: String, path: String, query: String? = nil, headers: [HeaderField] = [],
        declaredLength: Int? = nil, remoteAddress: String = "unix", isTLS: Bool = false
    ) {
        var block = HeaderBlock()
        for field in headers { block.append(field) }
        self.init(
            method: method, path: path, query: query, declaredLength: declaredLength,
            remoteAddress: remoteAddress, isTLS: isTLS, httpVersion: "HTTP/1.1", block: block)
    }

    /// Every header line in the order sent, made anew at each call.
    package var headers: [HeaderField] { block.fields }

    package var headerCount: Int { block.count }

    /// The values of every line with this name, in the order sent. The name is given in lowercase.
    package func values(of lowercaseName: String) -> [String] {
        block.values(of: lowercaseName)
    }

    /// Every header line as `name: value` and a line feed, in the order sent and as it was sent,
    /// without making strings of them. What goes over the limit is left out, from the end; the
    /// values of the masked names (given in lowercase) become `***`.
    package func headerLines(limitBytes: Int, masking maskedNames: [String]) -> [UInt8] {
        var lines: [UInt8] = []
        block.appendLines(to: &lines, limitBytes: limitBytes, masking: maskedNames)
        return lines
    }

    package func first(_ lowercaseName: String) -> String? {
        block.first(of: lowercaseName)
    }
}
