import HTTPServer
import RelayCore

/// The part of Platform's address that a drop-in source answers to.
package struct Inlet: Sendable {
    let id: String
    /// Flows that are taken; nil: any, and none as well.
    private let flowIDs: Set<String>?

    package init(id: String, flowIDs: [String]?) {
        self.id = id
        self.flowIDs = flowIDs.map(Set.init)
    }

    enum FlowVerdict { case accepted, refused, askBody }

    /// The flow stands in a header or in the query; XDM messages name it themselves.
    func judgeFlow(_ head: RequestHead) -> FlowVerdict {
        guard let flowIDs else { return .accepted }
        let named = head.values(of: Inlet.flowHeader) + Inlet.flowsInQuery(head.query)
        guard !named.isEmpty else { return .askBody }
        return named.allSatisfy(flowIDs.contains) ? .accepted : .refused
    }

    func takes(message: [UInt8]) -> Bool {
        guard let flowIDs else { return true }
        let scan = JSONScanner.scan(
            message, extracting: Inlet.flowInMessage, depthLimit: Limits.jsonDepth)
        return scan.extracted.map(flowIDs.contains) ?? false
    }

    private static let flowHeader = "x-adobe-flow-id"
    private static let flowInMessage = JSONPointer(tokens: ["header", "flowId"])

    private static func flowsInQuery(_ query: String?) -> [String] {
        let pairs = query?.split(separator: "&") ?? []
        return pairs.compactMap { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[0].lowercased() == flowHeader else { return nil }
            return String(parts[1])
        }
    }
}
