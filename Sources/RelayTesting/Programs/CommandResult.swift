package import RelayCore

/// What a command left behind.
package struct CommandResult: Sendable {
    package let status: ExitStatus
    package let outputBytes: [UInt8]
    package let errors: String

    package var output: String { String(decoding: outputBytes, as: UTF8.self) }

    package var code: Int32? {
        if case .code(let code) = status { code } else { nil }
    }

    package var lines: [String] {
        output.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
    }

    /// JSON Lines; throws at the first line that is none.
    package func json() throws -> [JSONValue] {
        try outputBytes.split(separator: 10).map { try JSONValue.parse(Array($0)) }
    }
}
