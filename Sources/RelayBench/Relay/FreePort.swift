import HTTPServer

/// A port nobody has. Between finding and using it somebody else may take it: then the relay says
/// so and the measuring fails, which on loopback does not happen in practice.
enum FreePort {
    static func find() throws(BenchFailure) -> Int {
        guard let socket = try? ListenSocket.tcp(host: "127.0.0.1", port: 0),
            let port = socket.port
        else { throw BenchFailure("no port can be had on 127.0.0.1") }
        return port
    }
}
