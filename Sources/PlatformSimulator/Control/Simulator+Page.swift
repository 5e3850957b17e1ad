import HTTPServer
import RelayCore

/// The page at `/`: what landed lately, for people.
extension Simulator {
    private static let shownRecords = 100

    func page() -> Reply {
        let (records, counters) = look { ($0.landed.newest(Self.shownRecords), $0.counters) }
        var html = """
            <!doctype html><html lang="en"><meta charset="utf-8">
            <meta http-equiv="refresh" content="5">
            <meta name="viewport" content="width=device-width">
            <title>Platform simulator</title><link rel="stylesheet" href="/style.css">
            <h1>Platform simulator</h1>
            <p>accepted <b>\(counters.accepted)</b> · lake <b>\(counters.lake)</b>
             · Profile <b>\(counters.profile)</b> · duplicates <b>\(counters.duplicates)</b>
             · lost <b>\(counters.lost)</b> · unrouted <b>\(counters.unrouted)</b>
             · failed <b>\(counters.failed)</b></p>
            <table><caption>The newest \(Self.shownRecords), newest first</caption>
            <tr><th>#</th><th>received</th><th>fate</th><th>_id</th><th>bytes</th><th>body</th></tr>

            """
        for record in records { html += Self.row(record) }
        html +=
            records.isEmpty ? "</table><p>Nothing has landed yet.</p></html>" : "</table></html>"
        return Reply(
            ServerResponse(
                status: 200,
                headers: [
                    ("Content-Type", "text/html; charset=utf-8"),
                    ("Content-Security-Policy", "default-src 'none'; style-src 'self'"),
                ], body: Array(html.utf8)))
    }

    private static let shownBodyBytes = 400

    private static func row(_ record: LandedRecord) -> String {
        let excerpt = record.body.map {
            String(decoding: $0.prefix(shownBodyBytes), as: UTF8.self)
                + ($0.count > shownBodyBytes ? "…" : "")
        }
        return "<tr><td>\(record.sequence)</td><td>\(record.receivedAt)</td>"
            + "<td>\(record.fate.rawValue)\(record.isInProfile ? " + Profile" : "")</td>"
            + "<td>\(escaped(record.messageID ?? ""))</td><td>\(record.bytes)</td>"
            + "<td><code>\(escaped(excerpt ?? "no longer kept"))</code></td></tr>\n"
    }

    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}

extension Reply {
    static let styleSheet = Reply(
        ServerResponse(
            status: 200, headers: [("Content-Type", "text/css; charset=utf-8")],
            body: Array(
                """
                body { font: 15px/1.4 sans-serif; margin: 1rem; }
                table { border-collapse: collapse; width: 100%; }
                caption { text-align: left; color: #555; }
                th, td { text-align: left; vertical-align: top; padding: .2rem .6rem; }
                tr:nth-child(even) { background: #f4f4f4; }
                code { overflow-wrap: anywhere; }
                """.utf8)))
}
