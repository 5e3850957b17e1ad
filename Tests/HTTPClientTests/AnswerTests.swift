import HTTPClient
import RelayTesting
import Testing

struct AnswerTests {
    let worker = HTTPWorker(label: "test")

    @Test func `an answer carries status, headers and body`() async {
        let server = ScriptedServer.answering(
            "HTTP/1.1 207 Multi\r\nX-Trace:  a b \r\nRetry-After: 7\r\n"
                + "Content-Length: 5\r\n\r\nhello")
        let response = await worker.post(server.url).response
        #expect(response?.status == 207)
        #expect(response?.headers["x-TRACE"] == "a b")
        #expect(response?.headers["retry-after"] == "7")
        let names = response?.headers.fields.map(\.name)
        #expect(names == ["x-trace", "retry-after", "content-length"])
        #expect(response?.body == Array("hello".utf8))
        #expect(response?.bodyTruncated == false)
        #expect(response?.httpVersion == "1.1")
        #expect(response?.primaryIP == "127.0.0.1")
        #expect(worker.inFlight == 0)
        await worker.closed()
    }

    @Test func `the request arrives as it was given`() async {
        let server = ScriptedServer { connection in
            let request = connection.readRequest() ?? ""
            connection.write(
                "HTTP/1.1 200 OK\r\nContent-Length: \(request.utf8.count)\r\n\r\n\(request)")
        }
        let request = ClientRequest(
            url: server.url + "?a=b", headers: ["X-One: 1", "Content-Type: application/json"],
            body: Array("{\"a\":1}".utf8))
        let echo = String(decoding: await worker.post(request).response?.body ?? [], as: UTF8.self)
        #expect(echo.hasPrefix("POST /in?a=b HTTP/1.1\r\n"))
        #expect(echo.hasSuffix("\r\n\r\n{\"a\":1}"))
        #expect(echo.contains("X-One: 1\r\n"))
        #expect(echo.contains("Content-Type: application/json\r\n"))
        #expect(echo.contains("User-Agent: holdfast\r\n"))
        await worker.closed()
    }

    @Test(arguments: ["GET", "PUT", "DELETE", "POST"])
    func `other methods reuse a handle cleanly`(method: String) async {
        let server = ScriptedServer { connection in
            while let request = connection.readRequest() {
                let line = request.prefix { $0 != "\r\n" }
                connection.write("HTTP/1.1 200 OK\r\nX-Line: \(line)\r\nContent-Length: 0\r\n\r\n")
            }
        }
        _ = await worker.post(server.url)
        let request = ClientRequest(method: method, url: server.url)
        #expect(await worker.post(request).response?.headers["x-line"] == "\(method) /in HTTP/1.1")
        #expect(
            await worker.post(server.url).response?.headers["x-line"] == "POST /in HTTP/1.1")
        await worker.closed()
    }

    @Test func `a large body arrives whole and without Expect`() async {
        let server = ScriptedServer { connection in
            let request = connection.readRequest() ?? ""
            let expects = request.lowercased().contains("\r\nexpect:")
            connection.write("HTTP/1.1 \(expects ? 417 : 200) X\r\nContent-Length: 0\r\n\r\n")
        }
        let body = [UInt8](repeating: UInt8(ascii: "x"), count: 3_000_000)
        let request = ClientRequest(url: server.url, body: body)
        #expect(await worker.post(request).response?.status == 200)
        await worker.closed()
    }

    @Test(arguments: [
        ("HTTP/1.1 204 No Content\r\n\r\n", 204, ""),
        ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", 200, ""),
        ("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nto the end", 200, "to the end"),
        ("HTTP/1.0 200 OK\r\n\r\nold", 200, "old"),
        (
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n",
            200, "abcde"
        ),
        ("HTTP/1.1 302 Found\r\nLocation: /else\r\nContent-Length: 2\r\n\r\nno", 302, "no"),
        (
            "HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\n"
                + "HTTP/1.1 103 Early\r\nX-Interim: 2\r\n\r\n"
                + "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok", 201, "ok"
        ),
    ])
    func `every framing is understood`(answer: String, status: Int, body: String) async {
        let server = ScriptedServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(answer)
        }
        let response = await worker.post(server.url).response
        #expect(response?.status == status)
        #expect(response?.body == Array(body.utf8))
        #expect(response?.headers["x-interim"] == nil)
        #expect(server.acceptCount == 1)
        await worker.closed()
    }

    @Test func `trailers are not headers`() async {
        let server = ScriptedServer.answering(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nX-A: 1\r\n\r\n"
                + "1\r\na\r\n0\r\nX-B: 2\r\n\r\n")
        let response = await worker.post(server.url).response
        #expect(response?.headers["x-a"] == "1")
        #expect(response?.headers["x-b"] == nil)
        await worker.closed()
    }

    @Test(arguments: [301, 302, 303, 307, 308])
    func `a redirect is an answer and is never followed`(status: Int) async {
        let elsewhere = ScriptedServer.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        let server = ScriptedServer.answering(
            "HTTP/1.1 \(status) Elsewhere\r\nLocation: \(elsewhere.url)\r\n"
                + "Content-Length: 0\r\n\r\n")
        let response = await worker.post(server.url).response
        #expect(response?.status == status)
        #expect(response?.headers["location"] == elsewhere.url)
        #expect(elsewhere.acceptCount == 0)
        await worker.closed()
    }
}
