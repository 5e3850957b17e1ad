/// What a relay could have done wrong, as the books would show it.
enum FabricatedBug: CaseIterable {
    case recordedComesAgain, recordedAndPrunedComesAgain, oldReplayComesAgain
    case comesTwiceInOneLife, oneReplayComesTwice
    case moreThanUnderWay, nothingRecordedSinceAFinish
    case altered, invented, refusedArrives, changedID, idForTwo, wrongDestination, unknownLife
    case missing, missingAtOneDestination, givenUpByNobody, recordedAndNeverTaken
    case laneOvertaken, refusedOvertaken, laneTurnedInRequest
    case parked, stillWaiting, missingInStore, strangerInStore

    /// How the finding reads that names this bug and no other.
    var symptom: String {
        switch self {
        case .recordedComesAgain, .oldReplayComesAgain:
            "3 (id3 d0) was recorded when life 1 ended and came again in life 2"
        case .recordedAndPrunedComesAgain:
            "2 (id2 d0) was recorded when life 1 ended and came again in life 2"
        case .comesTwiceInOneLife: "8 was taken and came again in the same life, 2"
        case .oneReplayComesTwice: "3 was taken and came again in the same life, 2"
        case .moreThanUnderWay: "3 taken by d0 in life 1 were not recorded by a later commit"
        case .nothingRecordedSinceAFinish:
            "3 taken by d1 in life 1 were not recorded by a later commit"
        case .altered: "8 arrived altered"
        case .invented: "9 arrived and was never sent"
        case .refusedArrives: "8 was refused with 503 and arrived all the same"
        case .changedID: "8 was acknowledged as id8 and arrived as id0"
        case .idForTwo: "id8 stands for 8 and for 9"
        case .wrongDestination: "8 arrived at d1, not its own"
        case .unknownLife: "8 came in no life"
        case .missing: "8 (id8) was acknowledged and never arrived at d0"
        case .missingAtOneDestination, .givenUpByNobody:
            "7 (id7) was acknowledged and never arrived at d1"
        case .recordedAndNeverTaken: "id9 d0 is recorded as delivered in life 2 and was never taken"
        case .laneOvertaken: "6 left in life 1 before 4 of its lane"
        case .refusedOvertaken: "6 left in life 1 before 4 of its lane"
        case .laneTurnedInRequest: "6 left in life 1 before 4 of its lane"
        case .parked: "was given up by the relay"
        case .stillWaiting: "1 still wait at the end"
        case .missingInStore: "id7 d1 was acknowledged and is not in the store"
        case .strangerInStore: "the store has 1 events that nobody sent"
        }
    }

    func apply(_ round: inout FabricatedRound) {
        typealias Round = FabricatedRound
        switch self {
        case .recordedComesAgain: round.arrive(3, life: 2)
        case .recordedAndPrunedComesAgain:
            round.mayForget = true
            round.left[Round.key(2)] = nil
            round.arrive(2, life: 2)
        case .oldReplayComesAgain:
            // Asked beside life 1, done and recorded there.
            round.replayed = [1: [3]]
            round.arrive(3, life: 1)
            round.arrive(3, life: 2)
        case .comesTwiceInOneLife: round.arrive(8, life: 2)
        case .oneReplayComesTwice:
            round.replayed = [2: [3]]
            for _ in 0..<3 { round.arrive(3, life: 2) }
        case .moreThanUnderWay: round.left[Round.key(2)] = .queued
        case .nothingRecordedSinceAFinish:
            // No acknowledgement says so, but d0's 6 was read last and is recorded.
            round.provenNs = 0
            round.left = round.left.mapValues { _ in .queued }
            round.left[Round.key(6)] = .delivered
            round.sinkLines[0].removeAll { $0.contains(" 2 /in id6 ") }
            for number in [1, 2, 3, 4] { round.left[Round.key(number)] = .delivered }
        case .laneOvertaken, .refusedOvertaken, .laneTurnedInRequest: turnLane(&round)
        default: applyToOne(&round)
        }
    }

    /// 6 leaves before 4 in the first life.
    private func turnLane(_ round: inout FabricatedRound) {
        let later = round.take(6, life: 1)
        let earlier = round.take(4, life: 1)
        switch self {
        case .laneOvertaken: round.sinkLines[0] += [later, earlier]
        case .refusedOvertaken:
            round.sinkLines[0] += [earlier.replacing(" ok ", with: " busy "), later, earlier]
        default: round.arriveTogether([6, 4], life: 1)
        }
    }

    /// Those that need no kill.
    private func applyToOne(_ round: inout FabricatedRound) {
        typealias Round = FabricatedRound
        let last = round.sinkLines[0].count - 1
        switch self {
        case .altered:
            round.sinkLines[0].remove(at: last)
            round.arrive(8, life: 2, body: Round.body(8).replacing("}", with: " }"))
        case .invented: round.arrive(9, life: 2)
        case .refusedArrives: round.senderLines.append("R 8 801 503")
        case .changedID:
            round.sinkLines[0].remove(at: last)
            round.arrive(8, life: 2, id: "id0")
        case .idForTwo:
            round.senderLines += [Round.sent(9).replacing(" 1 {", with: " 0 {"), "U 9 901"]
            round.arrive(9, life: 2, id: "id8")
        case .wrongDestination: round.arrive(8, at: 1, life: 2)
        case .unknownLife:
            round.sinkLines[0].remove(at: last)
            round.arrive(8, life: 3)
        case .missing: round.sinkLines[0].remove(at: last)
        case .missingAtOneDestination: round.sinkLines[1].removeAll { $0.contains("id7") }
        case .givenUpByNobody:
            round.sinkLines[1].removeAll { $0.contains("id7") }
            round.last[Round.key(7, 1)] = .discarded
        case .recordedAndNeverTaken:
            round.senderLines += [Round.sent(9).replacing(" 1 {", with: " 0 {"), "U 9 901"]
            round.last[Round.key(9)] = .delivered
        case .parked: round.last[Round.key(8)] = .dead
        case .stillWaiting: round.last[Round.key(8)] = .queued
        case .missingInStore: round.last[Round.key(7, 1)] = nil
        case .strangerInStore: round.last["id99 d0"] = .discarded
        default: break
        }
    }
}
