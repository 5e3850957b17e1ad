import Foundation
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
        look(at: configuration.dataDirectory)
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

    /// The directory, or what stands in its way: the nearest place above it that is there.
    private mutating func look(at dataDirectory: String) {
        let files = FileManager.default
        let wanted = URL(fileURLWithPath: dataDirectory)
        if let fault = ConfigurationCheck.lengthFault(wanted) {
            problems.append("dataDirectory: \(fault)")
            return
        }
        var place = wanted
        while place.path != "/", !files.fileExists(atPath: place.path) {
            place.deleteLastPathComponent()
        }
        let found = try? files.attributesOfItem(atPath: place.resolvingSymlinksInPath().path)
        if found?[.type] as? FileAttributeType != .typeDirectory {
            problems.append("dataDirectory: \(place.path) is no directory")
        } else if !files.isWritableFile(atPath: place.path) {
            let missing = place == wanted ? "" : "\(dataDirectory) is not there, and "
            problems.append("dataDirectory: \(missing)\(place.path) \(cannotWrite)")
        } else if ConfigurationCheck.takesNoFiles(place.path) {
            problems.append(
                "dataDirectory: \(place.path) is on a file system that has no room for files")
        }
    }

    private static func lengthFault(_ directory: URL) -> String? {
        if let name = directory.pathComponents.first(where: {
            $0.utf8.count > Limits.fileNameBytes
        }) {
            return "a name of \(name.utf8.count) bytes is too long; the system takes at most "
                + "\(Limits.fileNameBytes)"
        }
        let bytes = directory.path.utf8.count
        guard bytes > Limits.dataDirectoryBytes else { return nil }
        return "a path of \(bytes) bytes is too long; the store takes at most "
            + "\(Limits.dataDirectoryBytes)"
    }

    /// Such as `/proc` and `/sys`, which root is told that he may write to.
    private static func takesNoFiles(_ path: String) -> Bool {
        let facts = try? FileManager.default.attributesOfFileSystem(forPath: path)
        return (facts?[.systemSize] as? NSNumber)?.int64Value == 0
    }

    private var cannotWrite: String {
        "cannot be written by \(NSUserName()); check as the user that the relay runs as"
    }
}
