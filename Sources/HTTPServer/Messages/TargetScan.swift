/// One pass over the bytes of a request target.
struct TargetScan {
    /// A blank, a control character or DEL.
    private(set) var hasBadByte = false
    /// Where the query begins, in bytes.
    private(set) var questionMark: Int?

    init(_ target: String) {
        let bytes = target.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte <= 0x20 || byte == 0x7F { hasBadByte = true }
            if byte == UInt8(ascii: "?"), questionMark == nil { questionMark = index }
        }
    }
}
