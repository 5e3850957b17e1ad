import Platform
import RelayCore
import Testing

struct StampTests {
    private let builder = RequestBuilder(
        PlatformInlet(inletURL: "https://dcs.adobedc.net/collection/abc"))

    private func sent(_ body: String) -> String {
        Sample.text(builder.single(Sample.message(body)))
    }

    @Test func `the stamp is the last member and every byte of the sender stays`() {
        let odd =
            #"{ "a" : 1.10e+0 ,"b":[ 1,2 ], "c":"\u00e9\/\uD83D\uDE00", "a":12345678901234567890 "#
        #expect(sent(odd + "}") == odd.dropLast() + ",\(Sample.stamp()) }")
        #expect(sent(odd + "}\r\n ") == odd.dropLast() + ",\(Sample.stamp()) }\r\n ")
    }

    @Test func `an empty object takes the stamp without a comma`() {
        #expect(sent("{}") == "{\(Sample.stamp())}")
        #expect(sent(" {\n\t} ") == " {\(Sample.stamp())\n\t} ")
    }

    @Test(arguments: ["[1,2]", "null", "7", #""{}""#, "", " ", "[{}]", "{", "}", "\u{FEFF}{}"])
    func `what is no object goes out as it came`(body: String) {
        #expect(sent(body) == body)
    }

    @Test func `the stamp follows an object that ends in an object`() {
        #expect(sent(#"{"v":{}}"#) == #"{"v":{},"# + Sample.stamp() + "}")
        #expect(sent(#"{"v":"}"}"#) == #"{"v":"}","# + Sample.stamp() + "}")
    }

    @Test func `ours comes after a member of the same name`() throws {
        let body = #"{"holdfast":{"_id":"forged"}}"#
        let value = try JSONValue.parse(sent(body))
        #expect(value["holdfast"]?["_id"]?.string == Sample.id.description)
    }

    @Test func `only the attempt differs between two sends of an event`() {
        let first = Sample.text(builder.single(Sample.message("{}", attempt: 1)))
        let later = Sample.text(builder.single(Sample.message("{}", attempt: 12)))
        #expect(first.replacing(#""attempt":1}"#, with: #""attempt":12}"#) == later)
        #expect(later == "{\(Sample.stamp(attempt: 12))}")
    }

    @Test func `names are escaped`() throws {
        let hook = "a\"b\\c\nd\u{1}\u{1F}é"
        let request = builder.single(Sample.message("{}", hook: hook))
        let value = try JSONValue.parse(request.body)
        #expect(value["holdfast"]?["hook"]?.string == hook)
    }

    @Test func `a stamped body is what the general insertion makes of it`() {
        for body in ["{}", "{ }", #"{"a":1}"#, " { \"a\" : 1 } \n"] {
            let request = builder.single(Sample.message(body))
            let value = "{" + Sample.stamp().dropFirst(#""holdfast":{"#.utf8.count)
            #expect(
                JSONMemberInsertion.appending(
                    key: "holdfast", value: Array(value.utf8), to: Array(body.utf8))
                    == request.body)
        }
    }

    @Test func `without the stamp the body is untouched`() {
        let inlet = PlatformInlet(inletURL: "https://h/collection/abc", stamp: false)
        let body = #" { "a" : 1 } "#
        #expect(Sample.text(RequestBuilder(inlet).single(Sample.message(body))) == body)
    }
}
