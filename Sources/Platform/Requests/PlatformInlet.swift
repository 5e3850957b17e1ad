/// One streaming inlet as the configuration describes it.
package struct PlatformInlet: Sendable {
    package enum DataType: Sendable {
        /// The source's own JSON; Platform maps it. The flow is named in a header.
        case raw
        /// The body is an XDM entity and travels in Platform's envelope.
        case xdm(XDMReference)
    }

    /// As Platform's API gives it, with or without a query. A batch URL is understood, too.
    package var inletURL: String
    package var flowID: String?
    package var dataType: DataType
    package var sandboxName: String?
    /// Sent as they are. One that has the name of a header of ours takes its place, except for the
    /// signature and the authorization.
    package var extraHeaders: [(name: String, value: String)]
    package var signing: BodySigning?
    /// Adds `holdfast` to raw bodies, `_id` and `timestamp` to XDM entities that lack them.
    package var stamp: Bool
    /// Takes a 2xx for success even when its body is not Platform's.
    package var acceptAny2xx: Bool
    /// nil: one message a request.
    package var batch: BatchLimits?

    package init(
        inletURL: String, flowID: String? = nil, dataType: DataType = .raw,
        sandboxName: String? = nil, extraHeaders: [(name: String, value: String)] = [],
        signing: BodySigning? = nil, stamp: Bool = true, acceptAny2xx: Bool = false,
        batch: BatchLimits? = nil
    ) {
        self.inletURL = inletURL
        self.flowID = flowID
        self.dataType = dataType
        self.sandboxName = sandboxName
        self.extraHeaders = extraHeaders
        self.signing = signing
        self.stamp = stamp
        self.acceptAny2xx = acceptAny2xx
        self.batch = batch
    }
}
