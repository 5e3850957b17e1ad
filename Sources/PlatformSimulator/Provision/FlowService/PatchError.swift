/// Why a patch does not fit, in words.
struct PatchError: Error, Equatable {
    let description: String

    init(_ description: String) {
        self.description = description
    }

    init(noPlace token: String) {
        description = "nothing stands at \(token)"
    }
}
