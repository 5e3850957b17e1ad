import RelayCore
import RelayTesting

/// What one connection sends, made from a seed: requests by the grammar, one behind the other,
/// and most of the time damaged.
struct FrontStream {
    enum Ending { case halfClosed, leftOpen, reset }

    private(set) var bytes: [UInt8] = []
    private(set) var isDamaged = false
    private(set) var ending = Ending.halfClosed
    /// Where the sending pauses.
    private(set) var cuts: [Int] = []

    init(using draw: inout RandomDraw) {
        if Int.random(in: 0..<4, using: &draw) == 0 {
            bytes = Array((FrontCorpus.all.randomElement(using: &draw) ?? "").utf8)
            isDamaged = true
        } else {
            for _ in 0...Int.random(in: 0...3, using: &draw) { bytes += Self.request(&draw) }
        }
        if Int.random(in: 0..<5, using: &draw) > 0 {
            for _ in 0...Int.random(in: 0...2, using: &draw) { damage(&draw) }
            isDamaged = true
        }
        switch Int.random(in: 0..<100, using: &draw) {
        case 0: ending = .leftOpen
        case 1...10: ending = .reset
        default: break
        }
        let count = Int.random(in: 0...3, using: &draw)
        cuts = (0..<count).map { _ in Int.random(in: 0...bytes.count, using: &draw) }.sorted()
    }

    private static let methods = ["POST", "GET", "HEAD", "PUT", "OPTIONS", "X-Odd", "DELETE"]
    private static let targets = [
        "/", "/in", "/in?a=b", "/a%2Fb//c", "http://host/in", "HTTPS://[::1]:1/x?y", "*", "/?",
        "/" + String(repeating: "long/", count: 60),
    ]
    private static let lines = [
        "X-One: 1", "Accept: */*", "Cookie: a=b; c", "X-Empty:", "X-Blank:   two  words ",
        "Connection: close", "Connection: keep-alive", "Expect: 100-continue", "Via: 1.1 p",
        "Content-Type: application/json", "TE: trailers",
    ]

    private static func request(_ draw: inout RandomDraw) -> [UInt8] {
        func one(_ texts: [String]) -> String { texts.randomElement(using: &draw) ?? "" }
        let version = Int.random(in: 0...7, using: &draw) == 0 ? "1.0" : "1.1"
        var text = "\(one(methods)) \(one(targets)) HTTP/\(version)\r\nHost: t\r\n"
        for _ in 0..<Int.random(in: 0...3, using: &draw) { text += one(lines) + "\r\n" }
        let body = (0..<Int.random(in: 0...300, using: &draw)).map { _ in
            UInt8.random(in: 0...255, using: &draw)
        }
        switch Int.random(in: 0...3, using: &draw) {
        case 0: return Array((text + "\r\n").utf8)
        case 1:
            return Array((text + "Transfer-Encoding: chunked\r\n\r\n").utf8) + chunked(body, &draw)
        default: return Array((text + "Content-Length: \(body.count)\r\n\r\n").utf8) + body
        }
    }

    private static func chunked(_ body: [UInt8], _ draw: inout RandomDraw) -> [UInt8] {
        var (rest, bytes) = (body[...], [UInt8]())
        while !rest.isEmpty {
            let piece = rest.prefix(Int.random(in: 1...120, using: &draw))
            let mark = Bool.random(using: &draw) ? "" : ";x=\"y\""
            bytes += Array("\(String(piece.count, radix: 16))\(mark)\r\n".utf8) + piece
            bytes += Array("\r\n".utf8)
            rest = rest.dropFirst(piece.count)
        }
        let trailer = Bool.random(using: &draw) ? "" : "X-Sum: 1\r\n"
        return bytes + Array("0\r\n\(trailer)\r\n".utf8)
    }

    /// What the grammar speaks of.
    private static let telling = Array(" \t\r\n:;,/?=0123456789abcdefx-+\u{0}\u{7F}".utf8) + [0xFF]
    private static let strays = [
        "Content-Length: 5\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n",
        "Transfer-Encoding: gzip\r\n", "Host: u\r\n", ": x\r\n", " x\r\n", "no colon\r\n", "\r\n",
        "\n", "\r", "0\r\n\r\n", "fffffffffffffffff\r\n", "HTTP/2.0", "GET / HTTP/1.1\r\n",
        "Content-Length: 99999999999999999999\r\n", "Content-Length : 1\r\n",
    ]

    private mutating func damage(_ draw: inout RandomDraw) {
        let place = Int.random(in: 0...bytes.count, using: &draw)
        let end = min(bytes.count, place + Int.random(in: 1...24, using: &draw))
        switch Int.random(in: 0...7, using: &draw) {
        case 0: bytes.insert(Self.telling.randomElement(using: &draw) ?? 0, at: place)
        case 1: bytes.removeSubrange(place..<end)
        case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
        case 3 where place < bytes.count:
            bytes[place] = Self.telling.randomElement(using: &draw) ?? 0
        case 4: bytes.removeSubrange(place...)
        case 5 where place < bytes.count:
            bytes[place] ^= 1 << UInt8.random(in: 0...7, using: &draw)
        case 6:
            let size = [70, 300, 17_000].randomElement(using: &draw) ?? 70
            bytes.insert(contentsOf: [UInt8](repeating: 0x61, count: size), at: place)
        default:
            // Most strays belong at the beginning of a line.
            let feed = bytes[place...].firstIndex(of: 0x0A).map { $0 + 1 } ?? place
            let stray = Self.strays.randomElement(using: &draw) ?? ""
            bytes.insert(contentsOf: Array(stray.utf8), at: feed)
        }
    }
}
