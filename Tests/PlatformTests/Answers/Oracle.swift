import Foundation

/// Says whether an answer holds evidence at all, with another parser and none of the reader's
/// code. Wider than the reader on purpose: what this denies must never be a success.
enum Oracle {
    static func permitsSingle(status: Int, body: [UInt8]) -> Bool {
        guard (200..<300).contains(status), let object = object(body) else { return false }
        if object["responses"] == nil, status != 207 { return isClean(object) }
        return permits(place: 0, of: 1, status: status, body: body)
    }

    static func permits(place: Int, of count: Int, status: Int, body: [UInt8]) -> Bool {
        guard (200..<300).contains(status), let object = object(body), isClean(object) else {
            return false
        }
        guard let elements = object["responses"] as? [Any] else {
            return object["responses"] == nil && count == 1 && isTaken(object)
        }
        if elements.count == count { return isTaken(elements[place]) }
        return elements.contains { element in
            guard isTaken(element) else { return false }
            let tracer = (element as? [String: Any])?["xactionId"].map { "\($0)" } ?? ""
            return tracer.hasSuffix(":\(place)") || tracer.hasSuffix("-\(place)")
        }
    }

    /// Elements that could be counted as successes.
    static func takenCount(_ body: [UInt8]) -> Int {
        guard let object = object(body) else { return 0 }
        guard let elements = object["responses"] as? [Any] else { return isTaken(object) ? 1 : 0 }
        return elements.filter(isTaken).count
    }

    private static func object(_ body: [UInt8]) -> [String: Any]? {
        (try? JSONSerialization.jsonObject(with: Data(body))) as? [String: Any]
    }

    private static func isTaken(_ element: Any) -> Bool {
        guard let object = element as? [String: Any], isClean(object) else { return false }
        switch object["xactionId"] {
        case let text as String: return !text.isEmpty
        case is NSNumber: return true
        default: return false
        }
    }

    private static func isClean(_ object: [String: Any]) -> Bool {
        ["status", "statusCode"].allSatisfy { key in
            switch object[key] {
            case nil: true
            case let text as String: text.drop(while: \.isWhitespace).hasPrefix("2")
            case let number as NSNumber: (200..<300).contains(number.doubleValue)
            default: false
            }
        }
    }
}
