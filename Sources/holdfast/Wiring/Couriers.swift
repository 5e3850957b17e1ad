import HTTPClient
import Platform
import RelayCore
import RelayDelivery
import Signing

extension PlatformCourier {
    convenience init(
        _ platform: PlatformSettings, _ settings: DestinationSettings, names: Names,
        sender: any Sending, clock: any Clock, random: any RandomSource
    ) {
        let inlet = PlatformInlet(platform, settings)
        let letterbox = Letterbox(settings)
        let access: any PlatformAccess =
            switch platform.auth {
            case .none: OpenAccess(inlet: inlet)
            case .oauth(let oauth):
                TokenAccess(
                    inlet: inlet, clientID: oauth.clientId, clientSecrets: oauth.clientSecrets,
                    scopes: oauth.scopes, tokenURL: oauth.tokenURL.revealed, letterbox: letterbox,
                    sender: sender, clock: clock, random: random)
            }
        self.init(
            inlet: inlet,
            packing: platform.batch.map {
                Packing(
                    maxMessages: $0.maxMessages, maxBytes: $0.maxBytes,
                    overheadBytes: inlet.overheadBytes, lingerMs: $0.lingerMs)
            },
            access: access, names: names, letterbox: letterbox, sender: sender, clock: clock)
    }
}

extension HTTPCourier {
    convenience init(
        _ http: HTTPSettings, _ settings: DestinationSettings, names: Names,
        sender: any Sending, clock: any Clock
    ) {
        var signingSecret: Secret?
        if case .standardWebhooks(let secret) = http.sign { signingSecret = secret }
        self.init(
            url: http.url.revealed, signingSecret: signingSecret,
            extraHeaders: settings.headers.map { ($0.name, $0.value.text) },
            stamp: settings.stamp, acceptAny2xx: settings.acceptAny2xx, names: names,
            letterbox: Letterbox(settings), sender: sender, clock: clock)
    }
}

extension PlatformInlet {
    init(_ platform: PlatformSettings, _ settings: DestinationSettings) {
        self.init(
            inletURL: platform.inletURL.revealed, flowID: platform.flowId,
            dataType: DataType(platform.dataType), sandboxName: platform.sandboxName,
            extraHeaders: settings.headers.map { ($0.name, $0.value.text) },
            signing: platform.hmac.flatMap { hmac in
                BodySigning(
                    secret: hmac.secret,
                    encoding: hmac.encoding == .hex ? .hex : .base64, headerName: hmac.header)
            },
            stamp: settings.stamp, acceptAny2xx: settings.acceptAny2xx,
            batch: platform.batch.map {
                BatchLimits(maxMessages: $0.maxMessages, maxBytes: $0.maxBytes)
            })
    }
}

extension PlatformInlet {
    /// An upper bound: the stamp has two names of at most 64 bytes and fixed fields; the envelope
    /// of XDM repeats the schema reference.
    fileprivate var overheadBytes: Int {
        switch dataType {
        case .raw: stamp ? 320 : 1
        case .xdm: 2048
        }
    }
}

extension PlatformInlet.DataType {
    init(_ type: PlatformSettings.DataType) {
        switch type {
        case .raw: self = .raw
        case .xdm(let xdm):
            self = .xdm(
                XDMReference(
                    schemaID: xdm.schemaRef.id, contentType: xdm.schemaRef.contentType,
                    imsOrgID: xdm.imsOrgId, datasetID: xdm.datasetId))
        }
    }
}

extension Secret {
    /// The secret as text, where a library wants text.
    fileprivate var text: String { String(decoding: revealed, as: UTF8.self) }
}
