/// Idle transfers whose handles carry the options of one policy.
final class TransferPool {
    let policy: ClientPolicy
    private var idle: [Transfer] = []

    /// More idle handles than this (tens of kilobytes each) are given back to the system.
    private static let idleLimit = 256

    init(policy: ClientPolicy) {
        self.policy = policy
    }

    func take() -> Transfer? {
        idle.popLast()
    }

    func give(_ transfer: Transfer) {
        if idle.count < Self.idleLimit { idle.append(transfer) }
    }
}
