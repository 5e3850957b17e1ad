/// Why a server did not start or did not take new options.
package enum ServerError: Error, Equatable {
    /// The network threads could not be started: no descriptors, no memory.
    case cannotStart
    /// The certificate or key is not usable PEM, or they do not belong together.
    case unusableIdentity
    case stopped
}
