import RelayCore
import Testing

struct JSONExtractionTests {
    @Test(
        arguments: [
            ("{\"a\":\"x\"}", "/a", "x"),
            ("{\"b\":{\"a\":\"no\"},\"a\":\"x\"}", "/a", "x"),
            ("{\"a\":{\"b\":{\"c\":\"x\"}}}", "/a/b/c", "x"),
            ("{\"a\":[\"p\",\"q\",[\"r\",\"s\"]]}", "/a/2/1", "s"),
            ("[{\"k\":1},{\"k\":2.50}]", "/1/k", "2.50"),
            ("{\"a\":12345678901234567890}", "/a", "12345678901234567890"),
            ("\"whole\"", "", "whole"), ("17", "", "17"),
            ("{\"a/b\":{\"m~n\":\"x\"}}", "/a~1b/m~0n", "x"),
            ("{\"\":\"x\"}", "/", "x"), ("{\"1\":\"x\"}", "/1", "x"),
            ("{\"\\u0061\":\"x\"}", "/a", "x"),
            ("{\"a\":\"\\u00e9\\n\\ud83d\\ude00\"}", "/a", "é\n😀"),
            ("{\"a\":\"x\",\"a\":\"y\"}", "/a", "y"),
            ("{\"a\":{\"b\":\"x\"},\"c\":{\"b\":\"y\"}}", "/a/b", "x"),
            ("{\"a\":{\"z\":[1,{\"b\":9}],\"b\":\"x\"},\"b\":\"n\"}", "/a/b", "x"),
            ("[[0,1],[2,3]]", "/1/0", "2"), ("{\"é\":\"x\"}", "/é", "x"),
            ("{\"a\":\"\"}", "/a", ""),
        ])
    func `the value a pointer leads to is found in one pass`(
        text: String, pointer: String, expected: String
    ) throws {
        let result = JSONScanner.scan(Array(text.utf8), extracting: try JSONPointer(pointer))
        #expect(result.extracted == expected)
    }

    @Test(
        arguments: [
            ("{\"a\":\"x\"}", "/b"), ("{\"a\":\"x\"}", "/a/b"), ("{\"a\":\"x\"}", ""),
            ("{\"a\":true}", "/a"), ("{\"a\":null}", "/a"), ("{\"a\":{}}", "/a"),
            ("{\"a\":[1]}", "/a"),
            ("[1]", "/1"), ("[1]", "/-"), ("[1]", "/00"), ("{\"a\":{\"b\":1}}", "/b"), ("{}", "/a"),
            ("{\"a\":\"x\",\"a\":null}", "/a"), ("{\"a\":{\"b\":1},\"a\":{}}", "/a/b"),
            ("{\"a\":{\"b\":1},\"a\":2}", "/a/b"), ("{\"a\":\"x\"", "/a"), ("{\"a\":\"x\"}}", "/a"),
            ("[[1],2]", "/0/1"),
        ])
    func `nothing is extracted where no string or number stands last`(
        text: String, pointer: String
    ) throws {
        let result = JSONScanner.scan(Array(text.utf8), extracting: try JSONPointer(pointer))
        #expect(result.extracted == nil)
    }

    @Test func `a span is scanned like an array`() throws {
        let bytes = Array("{\"a\":7}".utf8)
        let result = JSONScanner.scan(bytes.span, extracting: try JSONPointer("/a"))
        #expect(result.verdict == .valid(.object))
        #expect(result.extracted == "7")
    }
}
