package import HTTPServer
package import RelayCore

/// An answer and how it is to leave.
package struct Reply: Sendable {
    package var response: ServerResponse
    package var delayMs = 0
    package var manner = Manner.whole

    package enum Manner: Sendable, Equatable {
        case whole
        /// The connection is reset (RST) without an answer.
        case reset
        /// No answer comes, and the connection stays open until the client closes it.
        case hang
        /// The answer announces its whole body, but the connection ends after so much of it.
        case truncated(bytes: Int)
        case dripped(bytesPerSecond: Int)
        /// What comes is not HTTP at all.
        case garbage

        /// Whether the client will see a status.
        var showsStatus: Bool {
            switch self {
            case .whole, .truncated, .dripped: true
            case .reset, .hang, .garbage: false
            }
        }
    }

    init(_ response: ServerResponse) {
        self.response = response
    }

    static let jsonHeaders = [("Content-Type", "application/json")]

    static func json(_ status: Int, _ value: JSONValue) -> Reply {
        Reply(ServerResponse(status: status, headers: jsonHeaders, body: value.serialized()))
    }

    static func json(_ status: Int, text: String) -> Reply {
        Reply(ServerResponse(status: status, headers: jsonHeaders, body: Array(text.utf8)))
    }

    static func empty(_ status: Int) -> Reply { Reply(ServerResponse(status: status)) }

    package var json: JSONValue? { try? JSONValue.parse(response.body) }
    package var status: Int { response.status }

    package func header(_ name: String) -> String? {
        response.headers.first { $0.0.lowercased() == name.lowercased() }?.1
    }
}
