/// Adds one member to a JSON object without decoding it: every byte of the original stays where
/// and as it is.
package enum JSONMemberInsertion {
    /// The object with `key` as its last member, or nil when `object` is not an object. `object`
    /// must be a valid JSON text and `value` a serialised JSON value; neither is checked again.
    /// A member of the same name further up stays too: the last one counts for most readers.
    package static func appending(
        key: String, value: [UInt8], to object: [UInt8]
    ) -> [UInt8]? {
        guard
            let opening = object.firstIndex(where: { !ASCII.isWhiteSpace($0) }),
            object[opening] == ASCII.openBrace,
            let closing = object.lastIndex(where: { !ASCII.isWhiteSpace($0) }),
            object[closing] == ASCII.closeBrace,
            let last = object[..<closing].lastIndex(where: { !ASCII.isWhiteSpace($0) })
        else { return nil }
        let name = JSONValue.string(key).serialized()
        var result: [UInt8] = []
        result.reserveCapacity(object.count + name.count + value.count + 2)
        result.append(contentsOf: object[...last])
        if last != opening { result.append(ASCII.comma) }
        result.append(contentsOf: name)
        result.append(ASCII.colon)
        result.append(contentsOf: value)
        result.append(contentsOf: object[(last + 1)...])
        return result
    }
}
