import Synchronization

/// Counts open connections, in all and by client. A place is taken at accept and given back when
/// the library reports the connection closed.
final class ConnectionQuota: Sendable {
    enum Refusal {
        case total
        case address
    }

    private struct Counts {
        var total = 0
        var byAddress: [AddressKey: Int] = [:]
    }

    private let counts = Mutex(Counts())

    var total: Int { counts.withLock { $0.total } }

    func take(_ key: AddressKey?, options: ServerOptions) -> Refusal? {
        counts.withLock { counts in
            if counts.total >= options.maxConnections { return .total }
            if let key {
                let open = counts.byAddress[key, default: 0]
                if open >= options.maxConnectionsPerAddress { return .address }
                counts.byAddress[key] = open + 1
            }
            counts.total += 1
            return nil
        }
    }

    func giveBack(_ key: AddressKey?) {
        counts.withLock { counts in
            counts.total -= 1
            guard let key, let open = counts.byAddress[key] else { return }
            counts.byAddress[key] = open > 1 ? open - 1 : nil
        }
    }
}
