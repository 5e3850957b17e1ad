import Foundation

@testable import HTTPServer

extension FuzzTarget {
    /// A request target and header lines: what could be read as two requests is refused, and what
    /// is not refused has one host, names that are tokens and one statement on its length.
    static let head = FuzzTarget(
        "head",
        seeds: [
            "/a?b\nHost: x\nContent-Length: 5", "/\nHost: x\nTransfer-Encoding: chunked",
            "/\nHost: x\nHost: y", "/\nHost: x\nContent-Length: 1\nContent-Length: 1",
            "/ x\nHost: x\nA B: c", "/\nContent-Length: +5\nTransfer-Encoding: gzip",
        ]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        let target = input.textLine()
        let fields = input.fields()
        var reader = HeadReader()
        for field in fields { add(field, to: &reader) }
        let refusal = reader.refusal(
            target: target, version: "HTTP/1.1", options: ServerOptions())
        guard refusal == nil else { return }
        func count(_ name: String) -> Int { fields.count { asciiLower($0.name) == name } }
        let lengths = fields.filter { asciiLower($0.name) == "content-length" }.map(\.value)
        let isSafe =
            count("host") == 1 && lengths.count + count("transfer-encoding") <= 1
            && fields.allSatisfy { isToken($0.name) }
            && !target.utf8.contains { $0 <= 0x20 || $0 == 0x7F }
            && lengths.allSatisfy { isLength($0) }
        try hold(isSafe, "let through: \(target.debugDescription) \(fields)")
    }

    private static func add(
        _ field: (name: String, value: String), to reader: inout HeadReader
    ) {
        let (name, value) = (Array(field.name.utf8), Array(field.value.utf8))
        unsafe name.withUnsafeBufferPointer { name in
            unsafe value.withUnsafeBufferPointer { value in
                unsafe reader.add(name: name, value: value)
            }
        }
    }

    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                byte > 0x20 && byte < 0x7F && !"\"(),/:;<=>?@[\\]{}".utf8.contains(byte)
            }
    }

    /// RFC 9110 section 8.6: digits and nothing else.
    private static func isLength(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }
}
