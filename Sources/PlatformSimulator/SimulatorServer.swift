package import HTTPServer

/// A simulator behind a socket.
package final class SimulatorServer: Sendable {
    package let simulator: Simulator
    /// `http://127.0.0.1:8099`
    package let url: String
    package let port: Int
    private let server: Server
    private let socket: ListenSocket
    private let departures: Departures

    /// A relay under load comes with all its connections from one address.
    package static var usualOptions: ServerOptions {
        var options = ServerOptions()
        options.maxConnectionsPerAddress = options.maxConnections
        return options
    }

    /// Port 0 takes any free one.
    package static func start(
        _ simulator: Simulator, host: String = "127.0.0.1", port: Int = 0,
        options: ServerOptions = usualOptions
    ) throws -> SimulatorServer {
        try SimulatorServer(simulator, host: host, port: port, options: options)
    }

    private init(
        _ simulator: Simulator, host: String, port: Int, options: ServerOptions
    ) throws {
        self.simulator = simulator
        departures = Departures()
        socket = try ListenSocket.tcp(host: host, port: port)
        self.port = socket.port ?? port
        url = "http://\(Address.tcp(host: host, port: socket.port ?? port))"
        server = try Server(
            listen: [socket], options: options,
            handler: SimulatorHandler(simulator: simulator, departures: departures))
    }

    deinit { stop() }

    package func inletURL(_ inletID: String = BuiltIn.inletID) -> String {
        "\(url)/collection/\(inletID)"
    }

    package var tokenURL: String { "\(url)/ims/token/v3" }

    /// Connections open now.
    package var connectionCount: Int { server.connectionCount }

    /// Harmless when repeated.
    package func stop(graceMs: Int = 1000) {
        departures.letGo()
        server.stop(graceMs: graceMs)
        socket.close()
    }
}
