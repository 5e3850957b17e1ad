/// Long inputs of one kind: nesting, repetition, escapes, marks. A parser that copies what it has
/// read, or walks it again for each piece, or keeps a length in too few bytes, shows it here.
struct HostileShape: Sendable, CustomStringConvertible {
    let description: String
    private let head: String
    private let repeated: String
    private let separator: String
    private let tail: String

    private init(
        _ description: String, head: String = "", _ repeated: String,
        between separator: String = "",
        tail: String = ""
    ) {
        self.description = description
        self.head = head
        self.repeated = repeated
        self.separator = separator
        self.tail = tail
    }

    /// Not shorter than asked; `%n` is the number of the piece.
    func input(bytes: Int) -> [UInt8] {
        var input = Array(head.utf8)
        var number = 0
        while input.count < bytes {
            if number > 0 { input += separator.utf8 }
            input += repeated.replacing("%n", with: "\(number)").utf8
            number += 1
        }
        return input + tail.utf8
    }

    static let all: [HostileShape] = [
        HostileShape("letters", "a"), HostileShape("digits", "9"), HostileShape("blanks", " "),
        HostileShape("zero bytes", "\0"), HostileShape("line ends", "\t\n"),
        HostileShape("quotes", "\""), HostileShape("backslashes", "\\"),
        HostileShape("commas", ","), HostileShape("colons", "::"), HostileShape("slashes", "/a"),
        HostileShape("percent escapes", "%41"), HostileShape("pairs", "a%n=1&"),
        HostileShape("signatures", "t=1,v1=ab,"), HostileShape("header lines", "a%n: b\r\n"),
        HostileShape("pointer escapes", "~0~1"), HostileShape("comments", "/*"),
        HostileShape("letters with accents", "é"), HostileShape("accents on one letter", "\u{301}"),
        HostileShape("turned text", "\u{202E}"), HostileShape("faces", "👩‍👧"),
        HostileShape("arrays without an end", "["),
        HostileShape("objects without an end", "{\"a\":"),
        HostileShape("an array", head: "[", "1", between: ",", tail: "]"),
        HostileShape("an object", head: "{", "\"k%n\":%n", between: ",", tail: "}"),
        HostileShape("one key again and again", head: "{", "\"k\":1", between: ",", tail: "}"),
        HostileShape("escapes in a string", head: "\"", "\\u0041", tail: "\""),
        HostileShape("surrogates in a string", head: "\"", "\\ud83d\\ude00", tail: "\""),
        HostileShape("a number", head: "[1.", "0", tail: "e1]"),
        HostileShape(
            "a patch", head: "[", #"{"op":"copy","from":"/a","path":"/b"}"#, between: ",",
            tail: "]"),
        HostileShape("messages", head: #"{"messages":["#, #"{"a":1}"#, between: ",", tail: "]}"),
        HostileShape(
            "refused messages", head: #"{"responses":["#, #"{"status":500,"message":"x"}"#,
            between: ",", tail: "]}"),
    ]
}
