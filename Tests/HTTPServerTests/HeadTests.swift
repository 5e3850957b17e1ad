import HTTPServer
import Testing

struct HeadTests {
    @Test(arguments: [
        "/a%2fb", "//a///b", "/a/../b/./c", "/%00x", "/%zz", "/a+b;c=d", "*", "http:/a", "h",
        "/http://other.example/a",
    ])
    func `a path reaches the handler exactly as sent`(path: String) throws {
        let world = try World(ScriptedHandler.describing { $0.head.path })
        let client = try world.connect()
        client.get(path)
        #expect(client.response()?.text == path)
    }

    @Test(arguments: [
        ("http://other.example/a/b?c=d", "/a/b|c=d"), ("HTTPS://[::1]:8443/%2F//a", "/%2F//a|-"),
        ("http://other.example", "/|-"), ("http://other.example?q=/x", "/|q=/x"),
        ("hTTp://other.example/", "/|-"), ("http://h/http://i/", "/http://i/|-"),
        ("http://h:/a", "/a|-"), ("http://a-b_c~d.%C3%A9!$&'()*+,;=:65535/a", "/a|-"),
    ])
    func `a target that names the site as well leads to the same page`(
        target: String, seen: String
    ) throws {
        let world = try World(
            ScriptedHandler.describing { "\($0.head.path)|\($0.head.query ?? "-")" })
        let client = try world.connect()
        client.get(target)
        #expect(client.response()?.text == seen)
    }

    @Test(arguments: [
        "http://", "http:///a", "https://?q", "http://me@other.example/a", "http://h#/a",
        "http://h\\/a", "http://h:99999999x/a", "http://h:65536/a", "http://h:8:8/a",
        "http://:80/a",
        "http://h:+8/a", "http://[::1/a", "http://[]/a", "http://[::1]x/a", "http://[v]/a",
        "http://::1/a", "http://h%4/a", "http://h%zz/a", "http://h\"/a", "http://h|i/a",
        "http://h[1]/a", "http://h\u{E9}/a", "https://h^:443?q",
    ])
    func `a target whose site is no host, or has a user name, is refused`(target: String) throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        client.get(target)
        #expect(client.response()?.status == 400)
        #expect(client.isClosed())
    }

    @Test func `the query is kept as sent and told apart from none`() throws {
        let world = try World(
            ScriptedHandler.describing { "\($0.head.path)|\($0.head.query ?? "none")" })
        let client = try world.connect()
        client.get("/p?a=%41&b&a=+?x")
        #expect(client.response()?.text == "/p|a=%41&b&a=+?x")
        client.get("/p?")
        #expect(client.response()?.text == "/p|")
        client.get("/p")
        #expect(client.response()?.text == "/p|none")
    }

    @Test func `headers are seen in order and repeated ones all`() throws {
        let world = try World(
            ScriptedHandler.describing { request in
                let head = request.head
                let names = head.headers.map(\.name).joined(separator: ",")
                let tags = head.values(of: "x-tag").joined(separator: ",")
                return "\(names)|\(tags)|\(head.first("x-tag") ?? "")|\(head.first("no") ?? "-")"
            })
        let client = try world.connect()
        client.send("GET / HTTP/1.1\r\nHost: t\r\nX-Tag: one\r\nOther: 1\r\nx-tAG:  two\r\n\r\n")
        #expect(client.response()?.text == "Host,X-Tag,Other,x-tAG|one,two|one|-")
    }

    @Test(arguments: [": x\r\n", ":\r\n", " : x\r\n", ": \r\n"])
    func `a header line without a name does not end the head`(line: String) throws {
        let world = try World(ScriptedHandler.describing { "\($0.body.count)" })
        let client = try world.connect()
        client.send("POST / HTTP/1.1\r\nHost: t\r\n\(line)Content-Length: 4\r\n\r\nbody")
        #expect(client.response()?.status == 400)
        #expect(client.isClosed())
    }

    @Test(arguments: [
        "a\u{0}", "a\u{0}b", "\u{0}", "\u{0}a", "a \u{0} b", "a\u{0}\u{0}", "a\u{0} ",
    ])
    func `a zero byte in a value is refused wherever it stands`(value: String) throws {
        for lines in ["X-Zero: \(value)\r\n", "X-Zero: \(value)\r\nX-Last: b\r\n"] {
            let world = try World(ScriptedHandler.echo())
            let client = try world.connect()
            client.send("GET / HTTP/1.1\r\nHost: t\r\n\(lines)\r\n")
            #expect(client.response()?.status == 400)
            #expect(client.isClosed())
        }
    }

    @Test func `blanks behind values and line feeds alone are no fault`() throws {
        let world = try World(ScriptedHandler.describing { $0.head.first("x-c") ?? "-" })
        let client = try world.connect()
        client.send("GET / HTTP/1.1\r\nHost: t \t \r\nX-A: \r\nX-B:\r\nX-C: c\r\nX-D: d\r\n\r\n")
        #expect(client.response()?.text == "c")
        client.send("GET / HTTP/1.1\nHost: t  \nX-A: \nX-B:\nX-C: c\nX-D: d\n\n")
        #expect(client.response()?.text == "c")
    }

    @Test(arguments: ["a", "a  ", "", " ", "a b"])
    func `blanks around a last value are no fault`(value: String) throws {
        let world = try World(ScriptedHandler.describing { _ in "fine" })
        let client = try world.connect()
        client.send("GET / HTTP/1.1\r\nHost: t\r\nX-Last: \(value)\r\n\r\n")
        #expect(client.response()?.text == "fine")
    }

    @Test func `bytes that are no text do no harm`() throws {
        let world = try World(ScriptedHandler.describing { $0.head.first("x-raw") ?? "none" })
        let client = try world.connect()
        client.send(Array("GET /".utf8) + [0xFF, 0xC3] + Array(" HTTP/1.1\r\nHost: t\r\n".utf8))
        client.send(Array("X-Raw: a".utf8) + [0xFF] + Array("b\r\n\r\n".utf8))
        #expect(client.response()?.text == "a\u{FFFD}b")
    }

    @Test func `the head says who asks and how`() throws {
        let world = try World(
            ScriptedHandler.describing { request in
                let head = request.head
                let length = head.declaredLength.map { "\($0)" } ?? "-"
                return "\(head.method) \(head.httpVersion) \(head.remoteAddress) "
                    + "\(head.isTLS) \(length)"
            })
        let client = try world.connect()
        client.post("/", "abc")
        #expect(client.response()?.text == "POST HTTP/1.1 127.0.0.1 false 3")
        client.send("PATCH / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        #expect(client.response()?.text == "PATCH HTTP/1.0 127.0.0.1 false -")
        client.send("GET / HTTP/1.0\r\n\r\n")
        #expect(client.response()?.text == "GET HTTP/1.0 127.0.0.1 false -")
        #expect(client.isClosed())
    }

    @Test func `an answer from the head keeps the connection when no body follows`() throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        client.get("/refused")
        #expect(client.response()?.status == 404)
        client.get("/refused")
        #expect(client.response()?.status == 404)
        client.post("/refused", "body")
        #expect(client.response()?.status == 404)
        #expect(client.isClosed())
    }

    @Test(arguments: [
        "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
        "POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: identity\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: t\r\nContent-Length : 2\r\n\r\nhi",
        "POST / HTTP/1.1\r\nHost: t\r\nBad Name: 2\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: t\r\n Host: u\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nHost: u\r\n\r\n",
        "GET / HTTP/1.1\r\n\r\n",
        "GET /a b HTTP/1.1\r\nHost: t\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nno colon\r\n\r\n",
        "GET / FTP/1.1\r\nHost: t\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nX-Zero: a\u{0}b\r\nX-Last: c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nX-Zero: a\u{0}b\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 2\u{0}\r\nHost: t\r\n\r\nhi",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\u{0}, gzip\r\nHost: t\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.0\r\nHost: t\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nX-Return: a\rTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nX-Return: a\r\rX-Last: c\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nX-Folded: a\r\n b\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: t\r\nX-Folded: a\r\n\tb\r\nX-Last: c\r\n\r\n",
    ])
    func `a request that could be read in two ways is refused and closed`(text: String) throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        client.send(text)
        #expect(client.response()?.status == 400)
        #expect(client.isClosed())
    }

    @Test(arguments: ["PO\u{0}ST", "POST\u{0}", "PO\tST", "P(ST", "POST\u{7F}", "P\u{E9}ST"])
    func `a method that is no token is refused and closed`(method: String) throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        client.send("\(method) / HTTP/1.1\r\nHost: t\r\nContent-Length: 2\r\n\r\nhi")
        #expect(client.response()?.status == 400)
        #expect(client.isClosed())
    }

    @Test func `a needless expectation does not swallow the next request`() throws {
        let world = try World(ScriptedHandler.describing { $0.head.path })
        for target in ["/one", "/refused"] {
            let client = try world.connect()
            client.send(
                "GET \(target) HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\n\r\n"
                    + "GET /two HTTP/1.1\r\nHost: t\r\n\r\n")
            #expect(client.response()?.status == 100)
            #expect(client.response()?.text == (target == "/one" ? "/one" : "not here"))
            #expect(client.response()?.text == "/two")
        }
    }

    /// The library would answer these itself, and send the head of its answer twice.
    @Test(arguments: [
        ("+2", 400), ("2, 2", 400), ("-1", 400), ("", 400), ("2x", 400),
        ("9223372036854775808", 413), ("99999999999999999999", 413),
        ("9223372036854775808\r\nTransfer-Encoding: chunked", 400),
        ("99999999999999999999\r\nContent-Length: 1", 400),
    ])
    func `a length that is no length is answered once and closed`(
        length: String, status: Int
    ) throws {
        let world = try World(ScriptedHandler.echo())
        // Neither a connection that waits nor one in the middle of a request is meant.
        let kept = try world.connect()
        kept.get("/")
        #expect(kept.response()?.status == 200)
        let half = try world.connect()
        half.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\n\r\nha")
        let client = try world.connect()
        client.get("/")
        #expect(client.response()?.status == 200)
        let smuggled = "GET /refused HTTP/1.1\r\nHost: t\r\n\r\n"
        client.send("POST / HTTP/1.1\r\nHost: t\r\nContent-Length: \(length)\r\n\r\n" + smuggled)
        let answer = try #require(client.response())
        #expect(answer.status == status)
        #expect(answer.first("content-type") == "application/problem+json")
        #expect(answer.first("connection") == "close")
        #expect(answer.first("date")?.hasSuffix(" GMT") == true)
        #expect(answer.text.contains("\"status\":\(status)"))
        #expect(client.isClosed())
        half.send("lf")
        #expect(half.response()?.text == "half")
        kept.get("/")
        #expect(kept.response()?.status == 200)
        #expect(world.server.counters.malformed == 1)
    }

    @Test func `the request that the library refuses is found among heads that come in pieces`()
        throws
    {
        let world = try World(ScriptedHandler.describing { $0.head.path })
        let probe = try world.connect()
        // One thread serves in turn, so the line before it has been read as well.
        func begin(_ path: String) throws -> RawClient {
            let client = try world.connect()
            client.send("POST \(path) HTTP/1.1\r\nHost: t\r\n")
            probe.get("/")
            #expect(probe.response()?.status == 200)
            return client
        }
        let first = try begin("/first")
        let second = try begin("/second")
        let third = try begin("/third")
        let fourth = try begin("/fourth")
        second.send("Content-Length: x\r\n\r\n")
        let answer = try #require(second.response())
        #expect(answer.status == 400)
        #expect(answer.first("content-type") == "application/problem+json")
        #expect(second.isClosed())
        fourth.disconnect()
        #expect(fourth.isClosed())
        first.send("Content-Length: +1\r\n\r\n")
        #expect(first.response()?.first("content-type") == "application/problem+json")
        #expect(first.isClosed())
        third.send("Content-Length: 1\r\n\r\nx")
        #expect(third.response()?.text == "/third")
        #expect(world.server.counters.malformed == 2)
    }

    /// The library would send the head of its own answer twice here as well.
    @Test func `cookies that do not fit are answered once and closed`() throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        let cookies = String(repeating: "a=b; ", count: 1400)
        client.send("GET / HTTP/1.1\r\nHost: t\r\nCookie: \(cookies)\r\n\r\n")
        let answer = try #require(client.response())
        #expect(answer.status == 431)
        #expect(answer.first("content-type") == "application/problem+json")
        #expect(client.isClosed())
    }

    @Test func `what is no HTTP at all is closed`() throws {
        let world = try World(ScriptedHandler.echo())
        let client = try world.connect()
        client.send("garbage\r\n\r\n")
        #expect(client.isClosed())
    }

    @Test func `a head past its limits is refused and closed`() throws {
        let world = try World(ScriptedHandler.echo()) {
            $0.maxHeaderBytes = 4096
            $0.maxHeaderCount = 20
        }
        let long = String(repeating: "x", count: 5000)
        let many = String(repeating: "A: b\r\n", count: 20)
        for lines in ["X-Long: \(long)\r\n", "Y: \(long)\(long)\r\n", many] {
            let client = try world.connect()
            client.send("GET / HTTP/1.1\r\nHost: t\r\n\(lines)\r\n")
            #expect(client.response()?.status == 431)
            #expect(client.isClosed())
        }
        let client = try world.connect()
        client.get("/" + long + long)
        #expect(client.response()?.status == 414)
    }

    @Test func `a line of any length comes back whole and hides none behind it`() {
        let long = String(repeating: "n", count: 70_000)
        let head = RequestHead(
            method: "GET", path: "/",
            headers: [
                HeaderField(name: long, value: long), HeaderField(name: "X-Tag", value: "one"),
            ])
        #expect(head.headers.map(\.name.utf8.count) == [70_000, 5])
        #expect(head.first("x-tag") == "one")
    }
}
