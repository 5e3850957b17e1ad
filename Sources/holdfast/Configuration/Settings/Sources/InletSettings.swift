internal import RelayCore

/// The part of Platform's own address that a drop-in source answers to.
struct InletSettings: Sendable, Equatable {
    /// In `/collection/{inletId}`.
    let inletId: String
    /// Values of `x-adobe-flow-id` that are taken; nil: any, and none as well.
    let flowIds: [String]?

    init(_ reader: ObjectReader) {
        inletId = reader.required(
            "inletId",
            .checkedText { text in
                let isSegment = text.utf8.allSatisfy {
                    (0x30...0x39).contains($0) || (0x41...0x5A).contains($0)
                        || (0x61...0x7A).contains($0) || "-_.".utf8.contains($0)
                }
                if text == "batch" { return "batch is a path of Platform's own" }
                return isSegment ? nil : "is made of letters, digits, \"-\", \"_\" and \".\""
            })
        flowIds = reader.optional("flowIds", .oneOrMore(of: .printable))
    }
}
