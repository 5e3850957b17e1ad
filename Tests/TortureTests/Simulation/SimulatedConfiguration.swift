import PlatformSimulator
import RelayCore
import RelayTesting

@testable import holdfast

/// Settings of a simulated relay, read by the real reader from text, as at a start or a SIGHUP.
struct SimulatedConfiguration {
    struct Hook: Sendable, Equatable {
        let source: String
        let name: String
        /// Numbers of sites.
        let sites: [Int]
    }

    static let hooks = [
        Hook(source: "chatlio", name: "transcript", sites: [0]),
        Hook(source: "chatlio", name: "feedback", sites: [0, 2]),
        Hook(source: "orders", name: "created", sites: [1]),
        Hook(source: "orders", name: "paid", sites: [0, 1, 2]),
        Hook(source: "orders", name: "shipped", sites: [2]),
    ]

    static let token = "0123456789abcdef"

    /// Never changed by a reload.
    let maxAgeMs: Int64
    let deliveredMs: Int64
    let variant: Int
    /// A lane in the bodies that the relay is not told of, to see whether the checks notice.
    var hasLanes = true

    var windowMax: Int { [2, 4, 8, 16][variant % 4] }
    /// 0: no limit.
    var ratePerSecond: Int { [0, 0, 20, 200][variant / 4 % 4] }
    private var batchMax: Int { [1, 2, 7, 50][variant / 16 % 4] }
    private var lingerMs: Int { variant / 64 % 2 == 0 ? 0 : 50 }
    private var timeoutMs: Int { variant / 128 % 2 == 0 ? 30_000 : 4000 }

    /// The longest wait between two tries, ms.
    static let retryCapMs: Int64 = 600_000

    func read(directory: String) throws -> Configuration {
        let environment = ConfigurationEnvironment(
            variable: { _ in nil }, file: { _ in .failure(.missing) })
        switch ConfigurationReader.read(
            Array(text(directory).utf8), named: "simulated", in: environment)
        {
        case .success(let read): return read.configuration
        case .failure(let report): throw World.Finding("\(report.problems)")
        }
    }

    private func text(_ directory: String) -> String {
        let lane = hasLanes ? "/lane" : "none"
        return """
            { dataDirectory: "\(directory)",
              storage: { retention: { delivered: "\(deliveredMs / 1000)s", dead: "90d",
                                      discarded: "90d" } },
              sources: {
                chatlio: { kind: "chatlio", tokens: ["\(Self.token)"], destination: "platform",
                           lane: "\(lane)", dedupWindow: "10m",
                           hooks: { feedback: { destination: ["platform", "copy"] } } },
                orders: { kind: "generic", lane: "\(lane)", dedupWindow: "1h",
                          verify: { scheme: "token", tokens: ["\(Self.token)"] },
                          hooks: { created: { destination: "single" },
                                   paid: { destination: ["platform", "single", "copy"] },
                                   shipped: { destination: "copy" } } } },
              destinations: {
                platform: { kind: "platform", \(inlet(0)), \(shared),
                            auth: { kind: "oauth", clientId: "\(BuiltIn.clientID)",
                                    clientSecret: "\(BuiltIn.clientSecret)", scopes: ["openid"],
                                    tokenURL: "https://ims.example/ims/token/v3" },
                            batch: { maxMessages: \(batchMax), lingerMs: \(lingerMs) } },
                single: { kind: "platform", \(inlet(1)), \(shared) },
                copy: { kind: "http", url: "\(url(2))", \(shared),
                        headers: { "x-adobe-flow-id": "\(BuiltIn.flowID)" } } } }
            """
    }

    private func inlet(_ site: Int) -> String {
        "inletURL: \"\(url(site))\", flowId: \"\(BuiltIn.flowID)\""
    }

    private func url(_ site: Int) -> String {
        "https://\(Site.names[site]).example/collection/\(BuiltIn.inletID)"
    }

    private var shared: String {
        """
        stamp: true, timeoutMs: \(timeoutMs), ratePerSecond: \(ratePerSecond),
        connectTimeoutMs: 4000, concurrency: { initial: 2, max: \(windowMax) },
        retry: { first: "1s", factor: 2, cap: "10m", maxAge: "\(maxAgeMs / 1000)s" }
        """
    }
}
