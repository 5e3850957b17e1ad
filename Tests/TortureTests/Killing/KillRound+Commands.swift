import RelayTesting

extension KillRound {
    /// Starts an operator's command on what was acknowledged, and kills the relay beside it.
    func command(_ act: KillPlan.Act, us: Int) throws {
        try sender.waitForAcknowledgements(try sender.ledger().acknowledged.count + 50)
        let chosen = try choose()
        let words = try self.words(act, chosen)
        let process = try ChildProcess(Program.holdfast, words)
        wait(us: us)
        try kill()
        let status = try process.waitUntilExit()
        try process.errors.waitUntilEnd()
        // What was chosen has left the state that it was asked for, before or meanwhile.
        let isLate =
            status == .code(3)
            || (status == .code(1) && process.errors.text.contains("meanwhile and left alone"))
        guard status == .code(0) || isLate else {
            throw NeverHappened(
                "\(words) beside a kill: \(status) \(process.errors.text)")
        }
        switch act {
        case .backup where status == .code(0): try verify(words[1])
        case .hold: try holdEnds()
        default: break
        }
    }

    /// Some of the events acknowledged last: the likeliest to be under way.
    private func choose() throws -> [(number: Int64, id: String)] {
        let last = try sender.ledger().acknowledged.sorted { $0.key > $1.key }
        return last.prefix(dice.below(40) + 1).map { ($0.key, $0.value) }
    }

    private func words(
        _ act: KillPlan.Act, _ chosen: [(number: Int64, id: String)]
    ) throws -> [String] {
        let store = ["--config", relay.configurationPath]
        let ids = chosen.flatMap { ["--id", $0.id] }
        switch act {
        case .replay:
            books.replayed[lives, default: []].formUnion(chosen.map(\.number))
            return ["replay", "--state", "delivered", "--yes"] + ids + store
        case .discard:
            books.givenUp.formUnion(chosen.map(\.number))
            return ["discard", "--yes"] + ids + store
        case .erase:
            books.givenUp.formUnion(chosen.prefix(1).map(\.number))
            let digits = String(1_000_000_000_000 + chosen[0].number).dropFirst()
            return ["erase", "--match", "/n=\(digits)", "--yes"] + store
        case .backup: return ["backup", folder.file("backup-\(kills).db")] + store
        case .audit: return ["audit"] + store
        case .hold: return ["hold", "d0", "--reason", "kill round"] + store
        }
    }

    private func verify(_ path: String) throws {
        let result = try relay.run(["verify", path])
        guard result.code == 0 else {
            throw NeverHappened("a clean backup: \(result.output)\(result.errors)")
        }
    }

    private func holdEnds() throws {
        let result = try relay.ask("release", "d0")
        guard result.code == 0 else { throw NeverHappened("a release: \(result.errors)") }
    }
}
