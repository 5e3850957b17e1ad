import HTTPClient
import Platform
import RelayCore
import RelayDelivery
import Signing

extension DestinationPlan {
    init(
        _ settings: DestinationSettings, numbers: StoreNumbers, sender: any Sending,
        clock: any Clock, random: any RandomSource
    ) {
        let courier: any Courier =
            switch settings.target {
            case .platform(let platform):
                PlatformCourier(
                    platform, settings, names: numbers.names, sender: sender, clock: clock,
                    random: random)
            case .http(let http):
                HTTPCourier(
                    http, settings, names: numbers.names, sender: sender, clock: clock)
            }
        self.init(
            name: settings.name, number: numbers.destination(settings.name),
            retry: settings.retry.policy,
            gate: DestinationGate.Settings(
                initialWindow: settings.concurrency.initial,
                maxWindow: settings.concurrency.max,
                ratePerSecond: settings.ratePerSecond),
            courier: courier, blockingSources: numbers.blockingSources)
    }
}

extension Letterbox {
    init(_ settings: DestinationSettings) {
        var policy = ClientPolicy()
        policy.allowPlainHTTP = settings.allowPlainHTTP || settings.isLoopback
        policy.proxy = settings.proxy?.revealed
        policy.noProxy = settings.noProxy.joined(separator: ",")
        policy.caFile = settings.caFile
        policy.responseBodyLimitBytes = Limits.responseBytes
        policy.userAgent = "holdfast/\(Version.text)"
        self.init(
            policy: policy, timeoutMs: settings.timeoutMs,
            connectTimeoutMs: settings.connectTimeoutMs)
    }
}

extension DestinationSettings {
    var isLoopback: Bool {
        switch target {
        case .platform(let platform): platform.inletURL.isLoopback
        case .http(let http): http.url.isLoopback
        }
    }
}
