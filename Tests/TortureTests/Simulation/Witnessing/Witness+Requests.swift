import HTTPClient
import HTTPServer
import PlatformSimulator
import RelayCore
import RelayTesting

extension Witness {
    // MARK: A request leaves

    func sent(_ letter: Letter, to site: Site, inFlight: Int) {
        counts.requests += 1
        guard !letter.isToken else { return record("asks for a token") }
        let now = stage.elapsedMs
        let text = letter.messages.map { "\($0.id.sequence)#\($0.attempt)" }
        record("sent to \(site.name) \(text.joined(separator: " "))")
        if inFlight > windowLimit {
            note(World.Finding("\(inFlight) requests at once to \(site.name)"))
        }
        checkRate(site, now)
        // At Platform a request may have left the gate and wait for its token.
        if site.index != 0, let from = heldFromMs[site.index], now > from {
            note(World.Finding("a request to \(site.name), which is held"))
        }
        for message in letter.messages { checkSent(message, site, now) }
    }

    private func checkRate(_ site: Site, _ now: Int64) {
        var recent = sends[site.index].filter { $0 > now - 1000 }
        recent.append(now)
        sends[site.index] = recent
        // The bucket may be full at the start; a second try after a 401 asks no leave.
        let limit = (rateLimit + rateLimit / 10 + 1) * (site.index == 0 ? 2 : 1)
        if rateLimit > 0, recent.count > limit {
            note(World.Finding("\(recent.count) requests to \(site.name) in a second"))
        }
    }

    private func checkSent(_ message: Letter.Message, _ site: Site, _ now: Int64) {
        guard let offer = offers[message.number], offer.json == message.body else {
            return note(World.Finding("\(message.id) is not what was offered: \(message.body)"))
        }
        if let known = numbers[message.id], known != message.number {
            note(World.Finding("\(message.id) is the id of \(known) and \(message.number)"))
        }
        numbers[message.id] = message.number
        let key = Key(site: site.index, sequence: message.id.sequence)
        let track = tracks[key, default: Track()]
        if track.isDelivered {
            note(World.Finding("\(key) is sent again though it was recorded as delivered"))
        }
        if let untilMs = track.notBeforeMs, now < untilMs {
            note(World.Finding("\(key) is sent at \(now), not before \(untilMs) was asked for"))
        }
        // At Platform a request may have left the gate and wait for its token.
        if site.index != 0, let fromMs = withdrawnFromMs[key], now > fromMs {
            note(World.Finding("\(key) is sent, which was given up or erased"))
        }
        if !offer.hook.sites.contains(site.index) {
            note(World.Finding("\(key) does not belong to \(site.name)"))
        }
        tracks[key, default: Track()].notBeforeMs = nil
    }

    // MARK: It arrives

    func arrived(_ letter: Letter, at site: Site, _ reply: Reply, taken: [String]) {
        guard !letter.isToken else { return record("token endpoint says \(reply.status)") }
        record("arrived at \(site.name): \(reply.status) \(reply.manner), \(taken.count) taken")
        for message in letter.messages {
            let key = Key(site: site.index, sequence: message.id.sequence)
            fresh[key] = nil
            if tracks[key]?.hasArrived != true { checkLane(message, key) }
            tracks[key, default: Track()].hasArrived = true
        }
        counts.taken += taken.count
        for id in taken.compactMap({ EventID($0) }) {
            tracks[Key(site: site.index, sequence: id.sequence), default: Track()].isTaken = true
        }
    }

    /// Of one lane the older must have come, or must never come unless somebody replays it.
    private func checkLane(_ message: Letter.Message, _ key: Key) {
        guard let lane = offers[message.number]?.lane, tracks[key]?.isReplayed != true else {
            return
        }
        let top = laneTops[key.site]?[lane] ?? 0
        if key.sequence < top {
            note(World.Finding("\(key) comes after \(top) of the same lane, '\(lane)'"))
        }
        laneTops[key.site, default: [:]][lane] = max(top, key.sequence)
    }

    // MARK: The relay is answered

    func answered(_ letter: Letter, by site: Site, _ response: ClientResponse?) {
        guard !letter.isToken else { return }
        record("\(site.name) answers \(response.map { "\($0.status)" } ?? "nothing")")
        guard let response else { return }
        let verdicts = Self.verdicts(letter, site, response)
        for (message, verdict) in zip(letter.messages, verdicts) {
            let key = Key(site: site.index, sequence: message.id.sequence)
            switch verdict {
            case .taken:
                tracks[key, default: Track()].isDelivered = true
                tracks[key, default: Track()].wasTold = true
            case .condemned: tracks[key, default: Track()].isCondemned = true
            case .later(let seconds):
                let cappedMs = Int64(min(seconds, 3600)) * 1000
                tracks[key, default: Track()].notBeforeMs = stage.elapsedMs + cappedMs
            case .unclear: break
            }
        }
    }

    private enum Verdict { case taken, condemned, unclear, later(seconds: Int) }

    private static let condemning: Set<Int> = [400, 413, 422]

    /// What the answer says of each message, read by the letter of the contract and no further.
    private static func verdicts(
        _ letter: Letter, _ site: Site, _ response: ClientResponse
    ) -> [Verdict] {
        let json = try? JSONValue.parse(response.body)
        if letter.isBatch, response.status == 207 {
            guard let elements = json?["responses"]?.array,
                elements.count == letter.messages.count
            else { return [] }
            return elements.map { element in
                let status = (element["statusCode"] ?? element["status"])?.int64 ?? 200
                if status < 300, element["xactionId"] != nil { return .taken }
                return condemning.contains(Int(status)) ? .condemned : .unclear
            }
        }
        let isAlone = letter.messages.count == 1
        func all(_ verdict: Verdict) -> [Verdict] { letter.messages.map { _ in verdict } }
        switch response.status {
        case 200 where !letter.isBatch && (site.index == 2 || json?.object != nil):
            return all(.taken)
        case 204 where site.index == 2: return all(.taken)
        case let status where condemning.contains(status): return isAlone ? all(.condemned) : []
        case 429, 503:
            let seconds = response.headers["retry-after"].flatMap { Int($0) }
            return seconds.map { all(.later(seconds: $0)) } ?? []
        default: return []
        }
    }
}
