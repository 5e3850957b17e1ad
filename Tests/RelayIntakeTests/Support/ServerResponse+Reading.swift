import HTTPServer
import RelayCore

extension ServerResponse {
    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONValue? { try? JSONValue.parse(body) }

    func header(_ name: String) -> String? {
        headers.first { $0.0.lowercased() == name.lowercased() }?.1
    }

    /// All that a client sees of it.
    var seen: String {
        "\(status) \(headers.map { "\($0.0): \($0.1)" }) \(closeConnection) \(text)"
    }
}
