import HTTPServer

extension ServerResponse {
    /// The answer as bytes, announcing a body of a length that need not be its own.
    func wire(announcedBytes: Int) -> [UInt8] {
        var head = "HTTP/1.1 \(status) \r\n"
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        head += "Content-Length: \(announcedBytes)\r\nConnection: close\r\n\r\n"
        return Array(head.utf8) + body
    }

    /// Announces more body than it has: its own length when that is more than what is left.
    func truncated(bytes: Int) -> [UInt8] {
        var short = self
        short.body = Array(body.prefix(bytes))
        return short.wire(announcedBytes: max(body.count, short.body.count + 1))
    }
}
