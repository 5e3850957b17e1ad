/// Why a relay cannot be put together although its configuration is sound.
enum WiringError: Error, CustomStringConvertible {
    case noSocketHandedOver
    case noAdminSocket
    case unreadable(path: String, reason: String)

    var description: String {
        switch self {
        case .noSocketHandedOver:
            "intake.listen is \"systemd\" but no socket was handed over; "
                + "start it through holdfast.socket or name an address"
        case .noAdminSocket:
            "admin.listen is \"systemd\" but no socket named admin was handed over; "
                + "start it through holdfast-admin.socket or name an address"
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        }
    }
}
