import Synchronization

/// The live connections of one event loop. Touched when a connection starts and closes and by the
/// sweeper, never once a request.
///
/// A connection is in the table exactly while its descriptor is open: the library closes the
/// descriptor after the notification that removes it, so what the sweeper does to a descriptor
/// under the lock cannot hit a reused one.
final class ConnectionTable: Sendable {
    private let connections = Mutex<[Connection]>([])

    func insert(_ connection: Connection) {
        connections.withLock { connections in
            connection.tableIndex = connections.count
            connections.append(connection)
        }
    }

    func remove(_ connection: Connection) {
        connections.withLock { connections in
            let last = connections.removeLast()
            guard last !== connection else { return }
            connections[connection.tableIndex] = last
            last.tableIndex = connection.tableIndex
        }
    }

    var count: Int { connections.withLock { $0.count } }

    /// Runs under the table's lock.
    func forEach(_ visit: (Connection) -> Void) {
        connections.withLock { connections in
            for connection in connections { visit(connection) }
        }
    }
}
