package import RelayCore
import Signing

extension EventDetail {
    /// One object per delivery: its record and what the event adds to it. A duplicate is one, too.
    package func json(includingBody: Bool) -> [JSONObject] {
        guard !deliveries.isEmpty else { return [complete(bare, includingBody: includingBody)] }
        return deliveries.map { delivery in
            var object = delivery.record.json
            let history = delivery.history.map { JSONValue.object($0.json) }
            object = complete(object, includingBody: includingBody)
            object.append("history", .array(history))
            return object
        }
    }

    /// An event without deliveries: a duplicate.
    private var bare: JSONObject {
        var object = JSONObject()
        object.append("id", id.description)
        object.append("source", source)
        object.append("hook", hook)
        object.append("receivedAt", receivedAt)
        object.append("bytes", .integer(bytes))
        object.append("lane", lane)
        object.append("duplicateOf", duplicateOf?.description)
        return object
    }

    private func complete(_ start: JSONObject, includingBody: Bool) -> JSONObject {
        var object = start
        if duplicates > 0 { object.append("duplicates", .integer(duplicates)) }
        object.append("deliveryId", deliveryID)
        if let erasedAt {
            object.append("erasedAt", erasedAt)
            object.append("erased", .array(EventDetail.erasedMembers.map { .string($0) }))
            return object
        }
        object.append("query", query)
        object.append("headers", .object(headerObject))
        object.append("remoteAddress", remoteAddress)
        guard includingBody else { return object }
        if let body = try? JSONValue.parse(body) {
            object.append("body", body)
        } else if !body.isEmpty {
            object.append("bodyBase64", .string(Base64.encode(body)))
        }
        return object
    }

    /// What an erasure takes out of an event, whether it had it or not: the members that are
    /// absent since. What destinations said of it went, too.
    package static let erasedMembers = [
        "body", "headers", "query", "remoteAddress", "lane", "deliveryId", "message",
    ]

    /// Names in lower case; the values of a repeated name joined, as HTTP joins them.
    private var headerObject: JSONObject {
        var object = JSONObject()
        for header in headers {
            let name = header.name.lowercased()
            let before = object[name]?.string.map { $0 + ", " } ?? ""
            object[name] = .string(before + header.value)
        }
        return object
    }
}

extension EventDetail.HistoryEntry {
    package var json: JSONObject {
        var object = JSONObject()
        object.append("attempt", .integer(number))
        object.append("startedAt", attempt.startedAt)
        object.append("durationMs", .integer(attempt.durationMs))
        object.append("status", attempt.status)
        object.append("errorClass", attempt.errorClass?.rawValue)
        object.append("message", attempt.message)
        object.append("tracer", attempt.tracer)
        return object
    }
}
