import CMicroHTTPD
import Glibc

/// Why a socket could not be opened for listening.
package enum ListenError: Error, Equatable, CustomStringConvertible {
    case unusableAddress(String)
    /// The path of a unix socket does not fit into a socket's address.
    case pathTooLong(String)
    /// The name has no numeric address.
    case unknownHost(String)
    /// Somebody else listens there.
    case inUse(String)
    /// The path of a unix socket is taken by something that is no socket.
    case notASocket(String)
    case refused(Address, errno: Int32)

    package var description: String {
        switch self {
        case .unusableAddress(let text): "\(text) is no listening address"
        case .pathTooLong(let path):
            "\(path): \(path.utf8.count) bytes are too long for the path of a unix socket, which "
                + "has at most \(Address.unixPathBytes); choose a shorter one"
        case .unknownHost(let host): "\(host) has no address"
        case .inUse(let place): "\(place) is in use"
        case .notASocket(let path): "\(path) exists and is no socket"
        case .refused(let address, let number):
            "\(address.place): "
                + (Self.advice(for: number, at: address) ?? SystemCall.words(for: number))
        }
    }

    /// Nil where the system's own words say as much.
    private static func advice(for number: Int32, at address: Address) -> String? {
        switch address {
        case .tcp(let host, let port): advice(for: number, host: host, port: port)
        case .unix: adviceForPath(number)
        }
    }

    private static func advice(for number: Int32, host: String, port: Int) -> String? {
        switch number {
        case EADDRNOTAVAIL:
            "is no address of this machine; 'ip address' shows those that are, and 0.0.0.0 is all "
                + "of them"
        case EINVAL where host.lowercased().hasPrefix("fe80:") && !host.contains("%"):
            "a link-local address needs its interface, as in [\(host)%eth0]:\(port)"
        case EACCES where port < 1024:
            "ports below 1024 are not for this user; choose another, or let systemd open it "
                + "(holdfast.socket)"
        case EAFNOSUPPORT: "this machine does not have that kind of address"
        default: nil
        }
    }

    private static func adviceForPath(_ number: Int32) -> String? {
        switch number {
        case ENOENT: "the folder of the socket is missing; make it"
        case ENOTDIR: "the folder of the socket is no folder"
        case EACCES, EPERM: "this user may not make a socket in its folder"
        case EROFS: "the file system can only be read, and takes no socket"
        default: nil
        }
    }
}
