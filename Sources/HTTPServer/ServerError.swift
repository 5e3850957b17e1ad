/// Why a server did not start or did not take new options.
package enum ServerError: Error, Equatable {
    /// The network threads could not be started: no descriptors, no memory.
    case cannotStart
    /// The certificate or key is not usable PEM, or they do not belong together.
    case unusableIdentity
    case stopped
}

extension ServerError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .cannotStart:
            "the network threads cannot be started; check the limits of open files and memory"
        case .unusableIdentity:
            "certificate and key cannot be used: each must be PEM, the key without a passphrase, "
                + "and they must belong together"
        case .stopped: "the server has stopped"
        }
    }
}
