import RelayStore
import RelayTesting

/// A disk that fails, and memory that runs short.
extension World {
    func arm(_ fault: Step.Fault, skipping: Int) {
        // A store that refuses what it could do; the fault has hit nobody yet.
        if plant == .refusesUnharmed { writer?.refuseEvents() }
        switch fault {
        case .sync: disk.failNext(.sync, skipping: skipping)
        case .write: disk.failNext(.write, skipping: skipping)
        case .full: disk.failNext(.grow, skipping: skipping, times: 3, with: .full)
        case .read: disk.failNext(.read, skipping: skipping)
        case .shortRead: disk.failNext(.read, skipping: skipping, with: .shortRead)
        case .memory: FaultyMemory.failNext(skipping: skipping * World.allocationsPerStep)
        }
    }

    /// A step of a schedule asks for hundreds of pieces of memory.
    private static let allocationsPerStep = 40

    /// Something was not done. Either the power went, or disk or memory has failed: then the
    /// process stops.
    func recover(from problem: String, candidates: [StoreContents]) throws {
        if !hasDied {
            guard hasExcuse else { throw Finding("failed without a fault: \(problem)") }
            endProcess()
        }
        try start(candidates: candidates)
    }

    /// It ends where it stands. Its machine goes on and remembers what it does of the files, unless
    /// a note says that this must not be trusted.
    private func endProcess() {
        let forgets = file.hasFailureNote && plant != .startsFromMemory
        disk.cutPower(forgets ? .nothing : .everything)
    }

    /// The process is killed and started on a disk that fails. What comes of that is started once
    /// more, on a disk that is well.
    func startFailing(_ fault: Step.Fault, skipping: Int) throws {
        disk.cutPower(.everything)
        close()
        countCuts()
        arm(fault, skipping: skipping)
        forgetPast()
        do {
            if plant == .startsNotUnharmed { throw StoreFailure.stopped }
            try open()
        } catch let finding as Finding {
            throw finding
        } catch {
            try recover(from: "\(error)", candidates: [model])
        }
    }
}
