import CMicroHTTPD
import Glibc

/// The file by which clients find a unix socket, told from another of the same name.
struct SocketFile {
    private struct Identity: Equatable {
        let device: dev_t
        let number: ino_t
    }

    let path: String
    private let identity: Identity?

    /// The file as it lies there now.
    init(path: String) {
        self.path = path
        identity = Self.identity(of: path)
    }

    var isInPlace: Bool {
        guard let identity else { return false }
        return Self.identity(of: path) == identity
    }

    /// Never what somebody else has put there since.
    func remove() {
        if isInPlace { unsafe unlink(path) }
    }

    private static func identity(of path: String) -> Identity? {
        var facts = stat()
        guard unsafe lstat(path, &facts) == 0 else { return nil }
        return Identity(device: facts.st_dev, number: facts.st_ino)
    }
}
