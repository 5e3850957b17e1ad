import HTTPServer
import RelayCore

@testable import RelayIntake

extension FuzzTarget {
    /// Only a question is answered, and with its own words.
    static let slackChallenge = FuzzTarget(
        "slack-challenge",
        seeds: [
            #"{"type":"url_verification","challenge":"3eZbrw"}"#,
            #"{"type":"url_verification","challenge":"\u0000\ud800","type":"event_callback"}"#,
        ]
    ) { (input) throws(Finding) in
        let value = try? JSONValue.parse(input)
        let challenge = value?["challenge"].flatMap { $0.string ?? $0.number?.text }
        let isQuestion = value?["type"]?.string == "url_verification"
        let answer = SlackChallenge.answer(to: input)
        try hold(
            answer.map { $0.body } == (isQuestion ? challenge.map { Array($0.utf8) } : nil),
            "\(String(describing: answer))")
    }
}
