import RelayCore

@testable import holdfast

/// Variables and files that exist for one test only.
struct ConfigurationWorld {
    var variables: [String: String] = [:]
    var files: [String: Result<[UInt8], ConfigurationEnvironment.Unreadable>] = [:]

    var environment: ConfigurationEnvironment {
        let (variables, files) = (variables, files)
        return ConfigurationEnvironment(
            variable: { variables[$0] }, file: { files[$0] ?? .failure(.missing) })
    }

    func read(_ text: String) -> ConfigurationReader.Outcome {
        ConfigurationReader.read(Array(text.utf8), named: "holdfast.json5", in: environment)
    }

    func problems(_ text: String) -> [String] {
        switch read(text) {
        case .success: []
        case .failure(let report): report.problems.map(\.description)
        }
    }
}

/// Small valid pieces, so that a test writes only what it is about.
enum ConfigurationText {
    static let token = "0123456789abcdef"

    static func whole(
        top: String = "", source: String = "", destination: String = ""
    ) -> String {
        """
        { dataDirectory: "/data", \(top.isEmpty ? "" : top + ",")
          sources: { chat: { kind: "chatlio", tokens: ["\(token)"], destination: "out",
                             \(source) } },
          destinations: { out: { kind: "platform", inletURL: "https://inlet.example/collection/1",
                                 flowId: "f", \(destination) } } }
        """
    }

    static func generic(verify: String) -> String {
        """
        { dataDirectory: "/data",
          sources: { shop: { kind: "generic", verify: \(verify),
                             hooks: { created: { destination: "out" } } } },
          destinations: { out: { kind: "http", url: "https://example.org/in" } } }
        """
    }

    static func only(destination: String) -> String {
        """
        { dataDirectory: "/data",
          sources: { chat: { kind: "chatlio", tokens: ["\(token)"], destination: "out" } },
          destinations: { out: \(destination) } }
        """
    }
}
