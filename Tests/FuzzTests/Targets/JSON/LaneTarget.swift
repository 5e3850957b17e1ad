import RelayCore

extension FuzzTarget {
    /// A pointer and, on the next line, a body: what one pass extracts is what a walk through the
    /// parsed tree finds.
    static let lane = FuzzTarget(
        "lane",
        seeds: [
            "/conversationUUID\n{\"conversationUUID\":\"7b0f\"}", "/a/0/b\n{\"a\":[{\"b\":1.50}]}",
            "/a~1b/~0\n{\"a\\/b\":{\"~\":\"\\u0041\"},\"a/b\":{\"~\":2}}", "\n\"whole\"",
        ]
    ) { (input) throws(Finding) in
        var input = FuzzInput(input)
        guard let pointer = try? JSONPointer(input.textLine()) else { return }
        let body = input.rest
        let scan = JSONScanner.scan(body, extracting: pointer)
        try hold(
            scan.verdict == JSONScanner.verdict(on: body), "the pointer changes the verdict")
        guard let value = try? JSONValue.parse(body) else {
            return try hold(scan.extracted == nil, "extracted from what is no JSON")
        }
        let found = pointer.evaluate(on: value)
        let expected = found?.string ?? found?.number?.text
        try hold(
            scan.extracted.map { Array($0.utf8) } == expected.map { Array($0.utf8) },
            "\(String(describing: scan.extracted)), the tree has \(String(describing: expected))")
    }
}
