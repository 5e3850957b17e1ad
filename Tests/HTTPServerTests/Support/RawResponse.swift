/// An answer as it came over the wire.
struct RawResponse {
    var status = 0
    var headers: [(name: String, value: String)] = []
    var body: [UInt8] = []

    var text: String { String(decoding: body, as: UTF8.self) }

    func first(_ lowercaseName: String) -> String? {
        headers.first { $0.name.lowercased() == lowercaseName }?.value
    }
}
