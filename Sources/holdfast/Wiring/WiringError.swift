import RelayCore

/// Why a relay cannot be put together although its configuration is sound.
enum WiringError: Error, CustomStringConvertible {
    case noSocketHandedOver
    case noAdminSocket
    case fewThreads
    case littleAddressSpace(bytes: Int)
    case unreadable(path: String, reason: String)

    var description: String {
        switch self {
        case .noSocketHandedOver:
            "intake.listen is \"systemd\" but no socket was handed over; "
                + "start it through holdfast.socket or name an address"
        case .noAdminSocket:
            "admin.listen is \"systemd\" but no socket named admin was handed over; "
                + "start it through holdfast-admin.socket or name an address"
        case .fewThreads:
            "the system does not let this process have the \(Limits.threads) threads it needs; "
                + "check the limits on processes (ulimit -u, TasksMax=) and memory"
        case .littleAddressSpace(let bytes):
            "the limit of \(bytes >> 20) MiB of address space (ulimit -v, LimitAS=) is below "
                + "\(Limits.addressSpaceBytes >> 20) MiB, most of which is set aside and never "
                + "used; limit memory itself instead (MemoryMax=)"
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        }
    }
}
