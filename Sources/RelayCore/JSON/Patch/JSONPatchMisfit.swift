/// An operation that does not fit the value it was to change.
struct JSONPatchMisfit: Error {
    let reason: String

    static func missing(_ pointer: JSONPointer) -> JSONPatchMisfit {
        JSONPatchMisfit(reason: "there is nothing at \"\(pointer)\"")
    }
}
