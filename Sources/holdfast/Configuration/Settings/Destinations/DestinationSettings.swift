internal import RelayCore

/// One receiver and how hard and how long it is tried.
struct DestinationSettings: Sendable, Equatable {
    enum Target: Sendable, Equatable {
        case platform(PlatformSettings)
        case http(HTTPSettings)
    }

    private enum KindName: String, Sendable, CaseIterable { case platform, http }

    let name: String
    let target: Target
    /// Adds the relay's object to the body.
    let stamp: Bool
    let retry: RetrySettings
    let concurrency: ConcurrencySettings
    /// 0: no limit.
    let ratePerSecond: Double
    let timeoutMs: Int
    let connectTimeoutMs: Int
    /// Any 2xx counts as delivered, whatever its body.
    let acceptAny2xx: Bool
    let headers: [HeaderSetting]
    let proxy: EndpointURL?
    /// Hosts, domains and networks that are reached without the proxy.
    let noProxy: [String]
    /// Certificates to trust instead of the system's, PEM.
    let caFile: String?
    let allowPlainHTTP: Bool

    init(name: String, _ reader: ObjectReader) {
        self.name = name
        let kindName: KindName = reader.kind()
        allowPlainHTTP = reader.value("allowPlainHTTP", .flag, default: false)
        switch kindName {
        case .platform:
            target = .platform(PlatformSettings(reader, allowPlainHTTP: allowPlainHTTP))
        case .http:
            target = .http(HTTPSettings(reader, allowPlainHTTP: allowPlainHTTP))
        }
        stamp = reader.value("stamp", .flag, default: false)
        retry = reader.value("retry", .object(RetrySettings.init), default: [:])
        concurrency = reader.value("concurrency", .object(ConcurrencySettings.init), default: [:])
        ratePerSecond = reader.value("ratePerSecond", .rate, default: 0)
        timeoutMs = reader.value("timeoutMs", .integer(in: 100...600_000), default: 30_000)
        connectTimeoutMs = reader.value(
            "connectTimeoutMs", .integer(in: 100...600_000), default: 5000)
        acceptAny2xx = reader.value("acceptAny2xx", .flag, default: .bool(kindName == .http))
        headers = reader.value("headers", .requestHeaders, default: [:])
        proxy = reader.optional(
            "proxy", .url(schemes: ["http", "https", "socks5", "socks5h"]))
        noProxy = reader.optional("noProxy", .oneOrMore(of: .printable)) ?? []
        caFile = reader.optional("caFile", .readableFile)
        if connectTimeoutMs > timeoutMs, reader.has("connectTimeoutMs") {
            reader.report(
                "connectTimeoutMs", "\(connectTimeoutMs) is above timeoutMs (\(timeoutMs))")
        }
        if proxy == nil, !noProxy.isEmpty {
            reader.report("noProxy", "means nothing without proxy")
        }
    }
}

extension Field where Value == Double {
    /// Requests a second: 0 for no limit, else from one in a thousand seconds up.
    fileprivate static var rate: Field {
        let number = Field<Double>.number(in: 0...1_000_000)
        return Field(
            read: { value, place in
                guard let reading = number.read(value, place) else { return nil }
                if reading.value > 0, reading.value < 0.001 {
                    place.report("\(value) is below 0.001 and not 0 (no limit)")
                    return nil
                }
                return reading
            },
            standIn: number.standIn)
    }
}

extension Field where Value == [HeaderSetting] {
    /// Fields that the relay and its client set themselves.
    private static let reserved: Set = [
        "connection", "content-length", "expect", "host", "te", "trailer", "transfer-encoding",
        "upgrade",
    ]

    fileprivate static var requestHeaders: Field {
        .named(checkingNames: false) { name in
            let field = Field<HeaderSetting>.header(named: name)
            return Field<HeaderSetting>(
                read: { value, place in
                    guard !reserved.contains(name.lowercased()) else {
                        place.report("is set by the relay itself")
                        return nil
                    }
                    return field.read(value, place)
                },
                standIn: field.standIn)
        }
    }
}
