import RelayCore
import RelayStore
import Testing

@testable import holdfast

struct FilterOptionsTests {
    private static let now = Timestamp(milliseconds: 1_780_000_000_000)

    private func read(
        _ options: [String: [String]], input: String = "", defaultLimit: Int? = nil
    ) throws(UsageError) -> FilterOptions {
        try FilterOptions(
            Invocation(command: "list", options: options, arguments: []), now: Self.now,
            defaultLimit: defaultLimit, readInput: { Array(input.utf8) })
    }

    @Test func `every filter reaches the store's filter`() throws {
        let id = EventID(sequence: 5, lineage: 7)
        let options = try read([
            "state": ["dead", "held"], "source": ["a"], "hook": ["b"], "destination": ["c"],
            "since": ["15m"], "until": ["2026-05-28T20:25:00Z"], "status": ["429"],
            "error": ["rate_limited"], "contains": ["x=y"], "match": ["/a/b=c=d"],
            "id": ["\(id)"], "limit": ["7"],
        ])
        #expect(options.filter.states == [.dead, .held])
        #expect(options.filter.sources == ["a"])
        #expect(options.filter.hooks == ["b"])
        #expect(options.filter.destinations == ["c"])
        #expect(options.filter.since == Self.now.adding(ms: -900_000))
        #expect(options.filter.until == Timestamp(rfc3339: "2026-05-28T20:25:00Z"))
        #expect(options.filter.statuses == [429])
        #expect(options.filter.errorClasses == [.rateLimited])
        #expect(options.filter.contains == [Array("x=y".utf8)])
        #expect(options.filter.matches.map(\.value) == ["c=d"])
        #expect(options.filter.ids == [id])
        #expect(options.limit == 7)
        #expect(try read([:]).filter.isEmpty)
    }

    @Test func `older-than and until together mean the earlier`() throws {
        let options = try read(["older-than": ["1h"], "until": ["30m"]])
        #expect(options.filter.until == Self.now.adding(ms: -3_600_000))
    }

    @Test func `all lifts the limit`() throws {
        #expect(try read([:], defaultLimit: 50).limit == 50)
        #expect(try read(["all": [""]], defaultLimit: 50).limit == nil)
    }

    @Test(
        arguments: [
            (["since": ["yesterday"]], "--since needs a time"),
            (["older-than": ["1 h"]], "--older-than needs a span"),
            (["status": ["abc"]], "--status needs an HTTP status"),
            (["contains": [""]], "--contains needs a text"),
            (["contains": ["ana", ""]], "--contains needs a text"),
            (["match": ["a=b"]], "--match needs a JSON pointer"),
            (["match": ["/a"]], "--match needs a JSON pointer"),
            (["id": ["zzz"]], "\"zzz\" is no event id"),
            (["limit": ["0"]], "--limit needs a number (1 or more)"),
            (["limit": ["5"], "all": [""]], "exclude each other"),
        ] as [([String: [String]], String)])
    func `mistakes are named`(options: [String: [String]], expected: String) {
        let error = #expect(throws: UsageError.self) { _ = try read(options) }
        #expect(error?.description.contains(expected) == true, "\(error?.description ?? "")")
    }

    @Test func `a time that nothing can lie in is a mistake`() throws {
        for words in [
            ["--since", "1h", "--until", "2h"], ["--since", "1h", "--older-than", "1h"],
        ] {
            let run = CommandRun(["list", "--db", "none.db"] + words)
            #expect(run.code == .usage)
            #expect(run.messages.contains("nothing lies between"))
        }
    }

    @Test func `values are repeated, not listed`() {
        let run = CommandRun(["list", "--state", "dead,expired"])
        #expect(run.code == .usage)
        #expect(run.messages.contains("--state takes one value: repeat it for more"))
    }

    @Test func `a day is its midnight, and a question ends with its mark`() throws {
        #expect(
            try read(["since": ["2026-05-20"]]).filter.since
                == Timestamp(rfc3339: "2026-05-20T00:00:00Z"))
        let run = CommandRun(["list", "--state", "ded"])
        #expect(run.messages.contains("did you mean dead? See 'holdfast help list'"))
        #expect(CommandRun(["lst"]).messages.contains("did you mean \"list\"? See 'holdfast help'"))
    }
}
