/// Why a socket could not be opened for listening.
package enum ListenError: Error, Equatable, CustomStringConvertible {
    case unusableAddress(String)
    /// The name has no numeric address.
    case unknownHost(String)
    /// Somebody else listens there.
    case inUse(String)
    /// The path of a unix socket is taken by something that is no socket.
    case notASocket(String)
    case refused(String, errno: Int32)

    package var description: String {
        switch self {
        case .unusableAddress(let text): "\(text) is no listening address"
        case .unknownHost(let host): "\(host) has no address"
        case .inUse(let place): "\(place) is in use"
        case .notASocket(let path): "\(path) exists and is no socket"
        case .refused(let place, let number): "\(place): error \(number)"
        }
    }
}
