import HTTPServer
import RelayCore
import RelayRuntime
import RelayStore

/// Answers an operator's questions over HTTP, each from a store connection of its own, and holds
/// and releases destinations. The words are those of the command line's `--json`.
struct AdminDesk: Sendable {
    let file: StoreFile
    let clock: any Clock
    let log: Log

    func answer(_ route: AdminRoute, query: String?) -> ServerResponse {
        let limit = TimeLimit(clock: clock)
        do {
            switch route {
            case .hold(let destination): return try hold(destination, query)
            case .release(let destination): return try release(destination, query)
            default:
                let reader = try StoreReader(file: file)
                defer { reader.close() }
                reader.stop { limit.hasPassed }
                return try ask(reader, route, query, limit)
            }
        } catch let error as UsageError {
            // The command line's words, but for its dashes.
            return AdminAnswer.badRequest(error.message.replacing("--", with: ""))
        } catch let error as UnknownName {
            return AdminAnswer.noSuch("\(error)")
        } catch  where limit.hasPassed {
            return AdminAnswer.unavailable(
                "The question took longer than \(Limits.adminReadMs / 1000) s. Narrow it, or ask "
                    + "with the command line.")
        } catch {
            return AdminAnswer.unavailable("The store cannot be read: \(error)")
        }
    }

    private func ask(
        _ reader: StoreReader, _ route: AdminRoute, _ query: String?, _ limit: TimeLimit
    ) throws -> ServerResponse {
        let now = clock.now
        switch route {
        case .status:
            _ = try QueryReader("status", options: []).read(query)
            return AdminAnswer.json(.object(try reader.status(now: now).json))
        case .shape:
            let by = OptionDescription("by", value: "KEY", "", hint: .oneOf(ShapeCommand.keys))
            let asked = try QueryReader("shape", options: [by]).read(query)
            let key = asked.value("by").flatMap(QueueShape.Key.init) ?? .destination
            let rows = try reader.shape(by: key, now: now).rows
            return AdminAnswer.json(["rows": .array(rows.map { .object($0.json(key)) })])
        case .audit:
            let since = OptionDescription("since", value: "T", "")
            let asked = try QueryReader("audit", options: [since]).read(query)
            let time = try OptionReader(invocation: asked, now: now).time("since")
            return AdminAnswer.json(.object(try reader.audit(since: time, now: now).json))
        case .delivery(let id): return try show(reader, id, query)
        case .deliveries: return try list(reader, query, limit)
        case .health, .readiness, .metrics, .hold, .release: return AdminAnswer.notFound
        }
    }

    private func show(
        _ reader: StoreReader, _ text: String, _ query: String?
    ) throws -> ServerResponse {
        let asked = try QueryReader("show", options: [OptionDescription("body", "")]).read(query)
        guard let id = EventID(text), let event = try reader.show(id, now: clock.now) else {
            return AdminAnswer.noSuch("No such event in this store; it may have been pruned.")
        }
        let deliveries = event.json(includingBody: asked.has("body"))
        return AdminAnswer.json([
            "id": .string(id.description),
            "deliveries": .array(deliveries.map { .object($0) }),
        ])
    }

    private func list(
        _ reader: StoreReader, _ query: String?, _ limit: TimeLimit
    ) throws -> ServerResponse {
        let before = OptionDescription("before", value: "MARK", "")
        let known = OptionDescription.filters.filter { $0.name != "all" } + [before]
        let asked = try QueryReader("deliveries", options: known).read(query)
        let options = try FilterOptions(
            asked, now: clock.now, defaultLimit: Limits.adminPageDefault, readInput: { nil })
        let count = options.limit ?? Limits.adminPageDefault
        guard count <= Limits.adminPageMaximum else {
            throw UsageError("limit is at most \(Limits.adminPageMaximum)")
        }
        let mark = asked.value("before")
        let place = mark.flatMap(PageMark.key)
        guard mark == nil || place != nil else {
            throw UsageError("before takes what next said")
        }
        let page = try reader.gather(
            options.filter, before: place, count: count, now: clock.now,
            isEnough: { limit.isNear })
        var answer = JSONObject()
        answer.append("deliveries", .array(page.records.map { .object($0.json) }))
        answer.append("next", page.next.map(PageMark.text))
        return AdminAnswer.json(.object(answer))
    }

    private func hold(_ destination: String, _ query: String?) throws -> ServerResponse {
        let options = HoldCommand.description.options.filter {
            ["for", "reason"].contains($0.name)
        }
        let asked = try QueryReader("hold", options: options).read(query)
        let now = clock.now
        let until = try HoldCommand.end(asked, now: now)
        let changer = try StoreChanger(file: file, now: now)
        defer { changer.close() }
        try changer.hold(destination, until: until, reason: asked.value("reason") ?? "", now: now)
        log.info("held over the admin listener", ["destination": .text(destination)])
        var answer = JSONObject()
        answer.append("destination", .string(destination))
        answer.append("state", "held" as JSONValue)
        answer.append("until", until)
        return AdminAnswer.json(.object(answer))
    }

    private func release(_ destination: String, _ query: String?) throws -> ServerResponse {
        _ = try QueryReader("release", options: []).read(query)
        let now = clock.now
        let changer = try StoreChanger(file: file, now: now)
        defer { changer.close() }
        let wasHeld = try changer.release(destination, now: now)
        log.info("released over the admin listener", ["destination": .text(destination)])
        return AdminAnswer.json(["destination": .string(destination), "wasHeld": .bool(wasHeld)])
    }
}
