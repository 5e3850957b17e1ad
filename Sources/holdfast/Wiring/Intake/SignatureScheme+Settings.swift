import RelayIntake
import Signing

extension SignatureScheme {
    /// Nil when a secret holds no key.
    init?(_ settings: HMACVerifySettings) {
        let encoding = settings.keyEncoding.inIntake
        let decoded = settings.secrets.compactMap {
            encoding.decode($0, prefix: settings.keyPrefix)
        }
        guard decoded.count == settings.secrets.count,
            let keys = SigningKeys(secrets: decoded, hash: settings.hash.inSigning)
        else { return nil }
        self.init(
            headers: [
                Headers(
                    signature: settings.header, timestamp: settings.timestampHeader,
                    id: settings.idHeader, type: settings.typeHeader)
            ],
            notation: SignatureNotation(
                prefix: settings.prefix, separator: settings.separator.inIntake,
                element: settings.element.inIntake, versions: settings.versions,
                encoding: settings.encoding.inIntake),
            content: settings.content.parts.map(\.inIntake), time: SignedTime(settings),
            idPointer: settings.idPointer, keys: keys)
    }
}

extension SignedTime {
    /// Nil when the settings name no place for a time.
    fileprivate init?(_ settings: HMACVerifySettings) {
        guard settings.timestampHeader != nil || settings.timestampElement != nil else {
            return nil
        }
        self.init(
            element: settings.timestampElement, unit: settings.timestampUnit.inIntake,
            tolerance: settings.tolerance)
    }
}

extension SignedContentTemplate.Part {
    fileprivate var inIntake: SignedPart {
        switch self {
        case .literal(let text): .literal(text)
        case .body: .body
        case .timestamp: .timestamp
        case .id: .id
        case .header(let name): .header(name)
        }
    }
}

extension HMACVerifySettings.Hash {
    fileprivate var inSigning: HashFunction {
        switch self {
        case .sha256: .sha256
        case .sha512: .sha512
        case .sha1: .sha1
        }
    }
}

extension HMACVerifySettings.Encoding {
    fileprivate var inIntake: SignatureNotation.Encoding {
        switch self {
        case .hex: .hex
        case .base64: .base64
        case .base64url: .base64url
        }
    }
}

extension HMACVerifySettings.Separator {
    fileprivate var inIntake: SignatureNotation.Separator {
        switch self {
        case .none: .none
        case .space: .space
        case .comma: .comma
        }
    }
}

extension HMACVerifySettings.Element {
    fileprivate var inIntake: SignatureNotation.Element {
        switch self {
        case .bare: .bare
        case .comma: .comma
        case .equals: .equals
        }
    }
}

extension HMACVerifySettings.KeyEncoding {
    fileprivate var inIntake: KeyEncoding {
        switch self {
        case .text: .text
        case .hex: .hex
        case .base64: .base64
        }
    }
}

extension HMACVerifySettings.TimestampUnit {
    fileprivate var inIntake: SignedTime.Unit {
        switch self {
        case .seconds: .seconds
        case .milliseconds: .milliseconds
        }
    }
}
