import RelayCore

/// Why a relay cannot be put together although its configuration is sound.
enum WiringError: Error, CustomStringConvertible {
    case noSocketHandedOver
    case noAdminSocket
    case fewThreads
    case fewDescriptors
    case littleAddressSpace(bytes: Int)
    case smallFiles(bytes: Int)
    case ballastIsNoFile(path: String)
    case noDataDirectory(reason: String)
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
        case .fewDescriptors:
            "the system does not let this process open the \(Limits.descriptors) files and "
                + "sockets it needs; raise the limit on open files (ulimit -n, LimitNOFILE=)"
        case .smallFiles(let bytes):
            "the limit of \(bytes) bytes on the size of files (ulimit -f, LimitFSIZE=) is below "
                + "\(Limits.ballastBytes >> 20) MiB, and no event could be stored; raise it"
        case .ballastIsNoFile(let path):
            "\(path): is no plain file; remove it, and the relay makes its own"
        case .noDataDirectory(let reason): "dataDirectory: \(reason)"
        case .littleAddressSpace(let bytes):
            "the limit of \(bytes >> 20) MiB of address space (ulimit -v, LimitAS=) is below "
                + "\(Limits.addressSpaceBytes >> 20) MiB, most of which is set aside and never "
                + "used; limit memory itself instead (MemoryMax=)"
        case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)"
        }
    }
}
