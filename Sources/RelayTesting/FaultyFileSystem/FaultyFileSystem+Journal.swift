import CFaultyVFS

extension FaultyFileSystem {
    /// What happened on the disk, in order.
    package enum JournalEntry: Sendable, Equatable {
        case operation(Operation, file: Int, succeeded: Bool)
        case mark(Int)
        case cut

        init(_ entry: faulty_entry) {
            switch entry.kind {
            case FAULTY_MARK: self = .mark(Int(entry.length))
            case FAULTY_CUT: self = .cut
            default:
                let operation = Operation.allCases.first { $0.kind == entry.kind } ?? .any
                self = .operation(
                    operation, file: Int(entry.file), succeeded: entry.result == 0)
            }
        }
    }
}
