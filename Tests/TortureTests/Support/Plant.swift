/// A bug put in on purpose, to see whether the checks notice it.
enum Plant: Sendable, CaseIterable {
    /// The sender is told "stored" before the commit is.
    case answersEarly
    case synchronousOff
    case synchronousNormal
    /// A finish that does not ask whether its row still is as claimed.
    case noFinishGuard
    case diskIgnoresSyncs
    case diskIgnoresDirectorySyncs
    /// What retention removes goes out of the account as well.
    case forgetsPruned
    /// An erasure that leaves the body.
    case keepsErasedBody
    /// After a failed write or sync, believes what the kernel remembers of the files.
    case startsFromMemory
    /// Takes no more events as soon as a fault is on its way, though it has hit nobody.
    case refusesUnharmed
    /// The same of a start.
    case startsNotUnharmed

    /// What a finding says that names this bug: one of these.
    var kinds: Set<FindingKind> {
        switch self {
        case .answersEarly, .synchronousNormal, .diskIgnoresDirectorySyncs: [.lost, .undone]
        case .synchronousOff, .diskIgnoresSyncs: [.lost, .undone, .damaged]
        case .noFinishGuard: [.invented, .unbalanced]
        case .forgetsPruned: [.unbalanced]
        case .keepsErasedBody: [.altered]
        case .startsFromMemory: [.lost, .undone, .damaged]
        case .refusesUnharmed, .startsNotUnharmed: [.unfounded]
        }
    }

    /// A bug in SQL, put under the real one.
    var trigger: String? {
        switch self {
        case .forgetsPruned:
            """
            CREATE TRIGGER IF NOT EXISTS plant AFTER UPDATE ON audit_days
            WHEN NEW.pruned_delivered > OLD.pruned_delivered BEGIN
                UPDATE audit_days SET pruned_delivered = OLD.pruned_delivered
                WHERE day = NEW.day AND source = NEW.source AND destination = NEW.destination;
            END
            """
        case .keepsErasedBody:
            """
            CREATE TRIGGER IF NOT EXISTS plant AFTER UPDATE OF erased_at_ms ON events BEGIN
                UPDATE events SET body = OLD.body WHERE seq = OLD.seq;
            END
            """
        default: nil
        }
    }
}
