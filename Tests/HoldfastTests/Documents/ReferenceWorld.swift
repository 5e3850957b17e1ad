import RelayCore

@testable import holdfast

/// Whole configurations in which each documented setting has its place.
enum ReferenceWorld {
    private static let secret: JSONValue = "0123456789abcdef"

    /// Chatlio to Platform, with every optional object there.
    private static let platform: JSONValue = [
        "dataDirectory": "/data", "intake": [:], "admin": [:], "storage": ["retention": [:]],
        "log": [:],
        "sources": [
            "s": [
                "kind": "chatlio", "tokens": [secret], "destination": "d",
                "hooks": ["HOOK": [:]],
            ]
        ],
        "destinations": [
            "d": [
                "kind": "platform", "inletURL": "https://inlet.example/collection/1",
                "flowId": "f", "dataType": "xdm", "datasetId": "d", "schemaRef": ["id": "x"],
                "imsOrgId": "o", "retry": [:], "concurrency": [:], "batch": [:],
                "hmac": ["secret": secret],
                "auth": ["kind": "oauth", "clientId": "c", "clientSecret": secret],
            ]
        ],
    ]

    /// A generic source with every parameter to an HTTP endpoint.
    private static let http: JSONValue = [
        "dataDirectory": "/data",
        "sources": [
            "s": [
                "kind": "generic",
                "verify": ["scheme": "hmac", "secrets": [secret], "header": "X-S"],
                "hooks": ["HOOK": ["destination": "d"]],
            ]
        ],
        "destinations": [
            "d": [
                "kind": "http", "url": "https://example.org/in",
                "sign": [
                    "scheme": "standard-webhooks", "secret": "whsec_MDEyMzQ1Njc4OWFiY2RlZg==",
                ],
            ]
        ],
    ]

    private static let inlet: JSONValue = [
        "dataDirectory": "/data",
        "sources": ["s": ["kind": "platform-inlet", "inletId": "i", "destination": "d"]],
        "destinations": ["d": ["kind": "http", "url": "https://example.org/in"]],
    ]

    /// The object a section speaks of, and the configuration it stands in.
    static func place(of section: String) -> (base: JSONValue, path: [String])? {
        switch section {
        case "Top level": (platform, [])
        case "sources.NAME kind: generic": (http, ["sources", "s"])
        case "sources.NAME kind: platform-inlet": (inlet, ["sources", "s"])
        case "verify hmac": (http, ["sources", "s", "verify"])
        case "destinations.NAME kind: http": (http, ["destinations", "d"])
        case _ where section.hasPrefix("sources.NAME"):
            (chatlioHook(platform), ["sources", "s"])
        case _ where section.hasPrefix("destinations.NAME"):
            (chatlioHook(platform), ["destinations", "d"])
        case _ where platform[section] != nil: (chatlioHook(platform), [section])
        default: nil
        }
    }

    /// A verify object of one scheme.
    static func verify(scheme: String) -> JSONValue {
        http.setting(["scheme": .string(scheme)], at: ["sources", "s", "verify"])
    }

    /// Chatlio's hooks have fixed names.
    private static func chatlioHook(_ value: JSONValue) -> JSONValue {
        value.setting(
            ["transcript": ["destination": "d"]], at: ["sources", "s", "hooks"])
    }

    /// Without the kind of data, what belongs to the other kind would be in the way.
    static func read(
        _ value: JSONValue, without key: String
    ) -> (shown: JSONValue?, problems: [String]) {
        guard key == "dataType" else { return read(value) }
        let others = ["datasetId", "schemaRef", "imsOrgId"]
        return read(others.reduce(value) { $0.setting(nil, at: ["destinations", "d", $1]) })
    }

    static func read(_ value: JSONValue) -> (shown: JSONValue?, problems: [String]) {
        let world = ConfigurationWorld()
        switch world.read(value.description) {
        case .success(let effective):
            return (try? JSONValue.parse(effective.render()), [])
        case .failure(let report):
            return (nil, report.problems.map(\.description))
        }
    }
}

extension JSONValue {
    /// The same with a member at a path of keys set, or taken out by nil. Objects are made.
    func setting(_ value: JSONValue?, at path: [String]) -> JSONValue {
        guard let key = path.first else { return value ?? .null }
        var object = object ?? JSONObject()
        let rest = Array(path.dropFirst())
        object[key] = rest.isEmpty ? value : (object[key] ?? [:]).setting(value, at: rest)
        return .object(object)
    }

    func found(at path: [String]) -> JSONValue? {
        path.reduce(self) { value, key in value?[key] }
    }
}
