import HTTPServer
import RelayCore
import RelayIntake
import RelayStore
import RelayTesting
import Testing

/// Chatlio's URLs: whoever knows the token may send, and what he sends is never refused for what
/// it says.
@Suite struct TokenHookTests {
    private static let good = "/hooks/chatlio/unanswered/\(IntakeWorld.token)"

    @Test func `an event is stored as it came and answered with its id`() throws {
        let world = try IntakeWorld.chatlio()
        let answer = world.chat(query: "widget=7")
        #expect(answer.status == 200)
        #expect(answer.header("content-type") == "application/json")
        let id = try #require(answer.json?["id"]?.string)
        #expect(EventID(id) != nil)
        #expect(answer.json?["duplicate"] == nil)
        #expect(try world.events("body") == [Fixtures.chat])
        #expect(try world.events("query") == [Array("widget=7".utf8)])
        #expect(try world.events("remote") == [Array("192.0.2.7".utf8)])
        #expect(try Account(world.store).isBalanced)
    }

    @Test func `the same body again is answered with the first id`() throws {
        let world = try IntakeWorld.chatlio()
        let first = world.chat()
        let second = world.chat()
        #expect(second.status == 200)
        #expect(second.json?["id"] == first.json?["id"])
        #expect(second.json?["duplicate"] == .bool(true))
        let counters = world.handler.counters.endpoint(source: "chatlio", hook: "unanswered")
        #expect(counters.count(of: .accepted) == 1 && counters.count(of: .duplicate) == 1)
        #expect(try Account(world.store).duplicates == 1)
    }

    @Test(arguments: [
        "", "/", "/hooks", "/hooks/", "/hooks/chatlio", "/hooks/chatlio/unanswered",
        "/hooks/chatlio/unanswered/", good + "/", good + "x", String(good.dropLast()),
        "/hooks/other/unanswered/\(IntakeWorld.token)",
        "/hooks/chatlio/feedback/\(IntakeWorld.token)", "/hooks/chatlio/unanswered/wrong",
        "/" + good, "/hooks//chatlio/unanswered/\(IntakeWorld.token)",
        "/hooks/chatlio//unanswered/\(IntakeWorld.token)",
        "/hooks/chatlio/unanswered//\(IntakeWorld.token)",
        "/hooks/chatlio%2funanswered/\(IntakeWorld.token)",
        "/hooks%2Fchatlio/unanswered/\(IntakeWorld.token)",
        "/hooks/%63hatlio/unanswered/\(IntakeWorld.token)",
        "/hooks/./chatlio/unanswered/\(IntakeWorld.token)",
        "/hooks/x/../chatlio/unanswered/\(IntakeWorld.token)", "/x/.." + good, good + "/..",
        good + "/.", good + "%00", good + "\u{0}", good + ";a=b", good + "%20", good + " ",
        good.uppercased(), "http://relay" + good, String(good.dropFirst()),
        "\\hooks\\chatlio\\unanswered\\" + IntakeWorld.token,
        "/hooks/chatlio/unanswered/" + String(repeating: "a", count: 5000),
        good + String(repeating: "/", count: 2100), "/hooks/chatlio/unanswered/é", "*",
    ])
    func `every other path is the same 404`(path: String) throws {
        let world = try IntakeWorld.chatlio()
        let reference = world.send("/nothing/of/ours")
        #expect(reference.status == 404)
        #expect(reference.header("content-type") == "application/problem+json")
        #expect(world.send(path).seen == reference.seen)
        #expect(world.isRefusedUnread(path))
        #expect(try world.events("body").isEmpty)
        #expect(world.handler.counters.refused(.notFound) == 3)
    }

    @Test(arguments: ["GET", "PUT", "HEAD", "DELETE", "OPTIONS", "post", "PATCH"])
    func `other methods are told what a hook takes`(method: String) throws {
        let world = try IntakeWorld.chatlio()
        let answer = world.send(Self.good, method: method)
        #expect(answer.status == 405)
        #expect(answer.header("Allow") == "POST")
    }

    @Test(arguments: [
        "", " ", "{", "not json", #"{"a":1}}"#, "{\"a\":\"\u{1}\"}", "payload=%7B%7D", "\u{FEFF}{}",
        String(repeating: "[", count: 65) + String(repeating: "]", count: 65), "nul", "01",
    ])
    func `a body that is no JSON is stored and parked`(text: String) throws {
        let world = try IntakeWorld.chatlio()
        #expect(world.chat(Array(text.utf8)).status == 200)
        #expect(try world.events("body") == [Array(text.utf8)])
        let account = try Account(world.store)
        #expect(account.dead == 1 && account.queued == 0 && account.isBalanced)
    }

    @Test func `bytes that are no UTF-8 are stored as they came`() throws {
        let world = try IntakeWorld.chatlio()
        let body: [UInt8] = [0x7B, 0x22, 0xFF, 0xC0, 0x80, 0x22, 0x7D, 0x00]
        #expect(world.chat(body).status == 200)
        #expect(try world.events("body") == [body])
        #expect(try Account(world.store).dead == 1)
    }

    @Test(arguments: [
        "{}", "[]", "null", "7", "\"text\"", #"{"a":1,"a":2}"#, " \n{} ", #"{"a":"\ud800"}"#,
        String(repeating: "[", count: 64) + String(repeating: "]", count: 64),
    ])
    func `any JSON goes on to its destination`(text: String) throws {
        let world = try IntakeWorld.chatlio()
        #expect(world.chat(Array(text.utf8)).status == 200)
        let account = try Account(world.store)
        #expect(account.queued == 1 && account.dead == 0)
    }

    @Test func `the conversation becomes the lane unless it is overlong`() throws {
        let world = try IntakeWorld.chatlio()
        for id in ["one", String(repeating: "x", count: Limits.laneBytes + 1)] {
            _ = world.chat(Array(#"{"conversationUUID":"0","conversationUUID":"\#(id)"}"#.utf8))
        }
        #expect(try world.events("coalesce(lane, '-')") == [Array("one".utf8), Array("-".utf8)])
    }

    @Test func `a body of exactly the limit passes and one byte more does not`() throws {
        let world = try IntakeWorld.chatlio()
        let fill = [UInt8](repeating: 0x20, count: IntakeWorld.maxBodyBytes - 2)
        #expect(world.chat([0x7B, 0x7D] + fill).status == 200)
        let answer = world.chat([0x7B, 0x7D, 0x20] + fill)
        #expect(answer.status == 413 && answer.closeConnection)
        #expect(world.handler.counters.refused(.tooLarge) == 1)
    }

    @Test func `when too much comes at once nothing is promised and the sender comes again`() throws
    {
        let world = try IntakeWorld.chatlio()
        let answer = world.handler.bodyOverBudget(RequestHead(method: "POST", path: Self.good))
        #expect(answer.status == 503 && answer.closeConnection)
        #expect(answer.header("content-type") == "application/problem+json")
        #expect((5...15).contains(answer.header("retry-after").flatMap { Int($0) } ?? 0))
        #expect(answer.json?["status"] == .integer(503))
        #expect(!answer.text.contains(IntakeWorld.token))
    }

    @Test func `an overlong query is refused before the body is read`() throws {
        let world = try IntakeWorld.chatlio()
        let query = String(repeating: "q", count: Limits.queryBytes)
        #expect(world.chat(query: query).status == 200)
        #expect(world.chat(query: query + "q").status == 414)
    }

    @Test func `when the store stops nothing is promised`() throws {
        let world = try IntakeWorld.chatlio()
        world.store.writer.refuseEvents()
        let answer = world.chat()
        #expect(answer.status == 503)
        #expect((answer.header("retry-after").flatMap { Int($0) } ?? 0) > 0)
        #expect(!answer.text.contains(IntakeWorld.token))
        #expect(try world.events("body").isEmpty)
    }

    @Test func `a request under way ends under the configuration it began with`() throws {
        let world = try IntakeWorld.chatlio()
        let head = RequestHead(method: "POST", path: Self.good)
        guard case .collect(_, let context) = world.handler.admit(head) else {
            Issue.record("it must be let in")
            return
        }
        world.handler.replace(EndpointTable(maxBodyBytes: 1))
        let answers = Mailbox<ServerResponse>()
        world.handler.respond(
            to: ServerRequest(head: head, body: Fixtures.chat, context: context),
            exchange: Exchange { answers.put($0) })
        #expect(answers.take().status == 200)
        #expect(world.chat().status == 404)
    }
}
