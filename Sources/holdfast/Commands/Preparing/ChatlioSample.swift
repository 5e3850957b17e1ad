import RelayCore

/// Bodies as Chatlio's documentation shows them, with invented people. Each is of a conversation of
/// its own, so that it is no repetition of the one before.
enum ChatlioSample {
    static func body(
        of hook: String, now: Timestamp, using random: inout some RandomNumberGenerator
    ) -> [UInt8]? {
        let conversation = uuid(&random)
        let visitor = visitor(uuid(&random), now: now)
        let value: JSONValue? =
            switch hook {
            case "conversation-started":
                message("Hello, do you ship to Madeira?", conversation, visitor)
            case "unanswered":
                message("My card was declined, can you help?", conversation, visitor)
            case "feedback":
                message("Quick and friendly, thank you!", conversation, visitor)
            case "offline-message": offlineMessage(visitor)
            case "transcript": transcript(conversation, now: now)
            default: nil
            }
        return value?.serialized()
    }

    /// Shared by three hooks; only the URL tells them apart.
    private static func message(
        _ text: String, _ conversation: String, _ visitor: JSONObject
    ) -> JSONValue {
        var visitor = visitor
        visitor.append("location", "Porto, Porto District, Portugal")
        return [
            "visitor": .object(visitor), "message": .string(text),
            "conversationUUID": .string(conversation), "channelId": "C08QEXAMPLE",
            "slackChannelName": "site-chat", "slackChannelId": "C07MEXAMPLE",
        ]
    }

    /// Has no conversation.
    private static func offlineMessage(_ visitor: JSONObject) -> JSONValue {
        [
            "name": "Ana Prata", "email": "ana@example.org",
            "emailPretty": "\"Ana Prata\" <ana@example.org>",
            "message": "Do you ship to Madeira?\nThanks", "visitor": .object(visitor),
        ]
    }

    private static func transcript(_ conversation: String, now: Timestamp) -> JSONValue {
        let start = now.adding(ms: -300_000)
        let answer = start.adding(ms: 38_000)
        return [
            "agentEmail": "ines@shop.example", "agentName": "Ines Prata",
            "archiveUrl": "https://shop-example.slack.com/archives/z-portugal-14",
            "extraData": ["vip", "refund"], "channelId": "C08QEXAMPLE",
            "channelName": "portugal-14", "conversationUUID": .string(conversation),
            "startedAt": .string(start.description), "endedAt": .string(now.description),
            "htmlBody": "<div><p><b>portugal-14</b>: My card was declined</p></div>",
            "textBody": "portugal-14: My card was declined\nInes P.: Looking now\n",
            "messages": [
                chatMessage("My card was declined", start, user: "", name: "portugal-14"),
                chatMessage("Looking now", answer, user: "U07AEXAMPL", name: "Ines P."),
            ],
            "visitorEmail": "", "replyToEmail": "ines@shop.example", "visitorName": "portugal-14",
            "visitorTraits": ["current_page": "https://shop.example/checkout?step=2"],
        ]
    }

    private static func chatMessage(
        _ text: String, _ time: Timestamp, user: String, name: String
    ) -> JSONValue {
        [
            "text": .string(text), "ts": .string("\(time.milliseconds / 1000).000400"),
            "sentAt": .string(time.description), "userId": .string(user),
            "username": .string(name), "isVisitorMsg": .bool(user.isEmpty),
        ]
    }

    private static func visitor(_ id: String, now: Timestamp) -> JSONObject {
        let visitor: JSONValue = [
            "email": "ana@example.org", "UUID": .string(id), "name": "Ana Prata",
            "identUserId": "", "identTraits": "",
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
            "handle": "portugal-14", "currentPage": "https://shop.example/checkout?step=2",
            "referrerURL": "", "createdAt": .string(now.adding(ms: -600_000).description),
            "IPAddress": "203.0.113.24",
        ]
        return visitor.object ?? JSONObject()
    }

    private static func uuid(_ random: inout some RandomNumberGenerator) -> String {
        let digits = Array("0123456789abcdef")
        return [8, 4, 4, 4, 12].map { count in
            String((0..<count).map { _ in digits[Int.random(in: 0..<16, using: &random)] })
        }.joined(separator: "-")
    }
}
