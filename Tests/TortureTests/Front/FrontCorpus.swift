/// Streams that once were of interest, kept: each is sent damaged and undamaged.
enum FrontCorpus {
    private static let post = "POST /in HTTP/1.1\r\nHost: t\r\n"
    private static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: t\r\n\r\n"

    static let all =
        [
            "Content-Length: x", "Content-Length: +2", "Content-Length: 2, 2", "Content-Length:",
            "Content-Length: 99999999999999999999", "Content-Length: 2\r\nContent-Length: 2",
            "Content-Length: 2\r\nTransfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "Content-Length : 2",
            "Content-Length: 2\r\n : x", "Content-Length: 2\r\n: x", "Content-Length:\r\n 2",
            "Content-Length: 2\u{0}", "Content-Length: 2\r", "Content\u{0}-Length: 2", "Host: u",
            "Cookie: " + String(repeating: "a=b; ", count: 1600), "Expect: 100-continue",
        ].map { post + $0 + "\r\n\r\nhi" + smuggled }
        + [
            "zz\r\n", "\r\n", "-1\r\nx\r\n0\r\n\r\n", "3\r\nabcX\r\n0\r\n\r\n",
            "0x3\r\nabc\r\n0\r\n\r\n",
            "3\nabc\n0\n\n", "3 \r\nabc\r\n0\r\n\r\n", "3;x\r\nabc\r\n0\r\nno colon\r\n\r\n",
            "ffffffffffffffff\r\nabc", "10000000000000003\r\nabc\r\n0\r\n\r\n",
            "3\r\nabc\r\n0\r\n\r",
            "3\r\nabc\r\n00\r\n\r\n", "3\r\nabc\r\n0\r\nContent-Length: 5\r\n\r\n",
        ].map { post + "Transfer-Encoding: chunked\r\n\r\n" + $0 + smuggled }
        + [
            "GET / HTTP/3.0\r\n\r\n", "GET / HTTP/0.9\r\n\r\n", "GET /\r\n\r\n", "GET\r\n\r\n",
            "GET / HTTP/1.2\r\nHost: t\r\n\r\n", "GET / FTP/1.1\r\nHost: t\r\n\r\n", "\r\n\r\n",
            "GET /a b HTTP/1.1\r\nHost: t\r\n\r\n", "GET  /  HTTP/1.1 \r\nHost: t\r\n\r\n",
            "GET /\u{0}x HTTP/1.1\r\nHost: t\r\n\r\n", " GET / HTTP/1.1\r\nHost: t\r\n\r\n",
            "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "\u{16}\u{3}\u{1}\u{0}garbage", "GET http:// HTTP/1.1\r\nHost: t\r\n\r\n",
            "HEAD /x HTTP/1.1\r\nHost: t\r\nContent-Length: x\r\n\r\n",
            "GET /" + String(repeating: "a", count: 30_000) + " HTTP/1.1\r\nHost: t\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: t\r\nX: " + String(repeating: "a", count: 30_000) + "\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: t\r\n" + String(repeating: "A: b\r\n", count: 140) + "\r\n",
        ]
}
