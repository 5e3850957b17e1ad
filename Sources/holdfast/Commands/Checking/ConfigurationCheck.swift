import RelayCore
import RelayRuntime
import Signing

/// What can be tried of a configuration without starting it: whether certificate and key fit, for
/// how long, and whether the store could be written. Addresses are not tried, because the relay
/// that this configuration is of may be running on them.
struct ConfigurationCheck {
    private static let warningDays: Int64 = 14

    /// Would keep `serve` from starting, or a sender from connecting.
    private(set) var problems: [String] = []
    private(set) var warnings: [String] = []

    init(_ configuration: Configuration, in environment: ConfigurationEnvironment, now: Timestamp) {
        if let tls = configuration.intake.tls { look(at: tls, environment, now: now) }
        if let obstacle = DataDirectory(configuration.dataDirectory).obstacle {
            problems.append("dataDirectory: \(obstacle)")
        }
    }

    private mutating func look(
        at tls: TLSSettings, _ environment: ConfigurationEnvironment, now: Timestamp
    ) {
        guard case .success(let certificate) = environment.file(tls.certificatePath),
            case .success(let key) = environment.file(tls.keyPath)
        else { return }
        let pair: CertificatePair
        do throws(CertificatePair.Fault) {
            pair = try CertificatePair(certificatePEM: certificate, keyPEM: key)
        } catch {
            let isCertificate = error == .noCertificate
            let path = isCertificate ? tls.certificatePath : tls.keyPath
            problems.append("intake.tls.\(isCertificate ? "certificate" : "key"): \(path) \(error)")
            return
        }
        let until = Timestamp(milliseconds: pair.validUntilMs)
        let from = Timestamp(milliseconds: pair.validFromMs)
        let place = "intake.tls.certificate: \(tls.certificatePath)"
        if until <= now {
            problems.append("\(place) expired at \(until); senders refuse it")
        } else if from > now {
            problems.append("\(place) is not valid before \(from); senders refuse it until then")
        } else if until < now.adding(ms: Self.warningDays * 86_400_000) {
            warnings.append("\(place) expires at \(until); renew it, then send SIGHUP")
        }
    }
}
