import Foundation
import HTTPClient
import RelayTesting

/// Messages of a request, made by `Fixtures.body`.
func count(_ sent: ScriptedSender.Sent) -> Int {
    sent.text.components(separatedBy: "\"message\":").count - 1
}

/// The number of a request's only message.
func number(_ sent: ScriptedSender.Sent) -> Int {
    Int(sent.text.filter(\.isNumber)) ?? -1
}

/// Platform's answer to one message or to all of a batch.
func accept(_ sent: ScriptedSender.Sent) {
    guard sent.request.url.contains("/batch/") else { return sent.accept() }
    answer(sent, (0..<count(sent)).map(taken))
}

/// Platform's answer to a batch, element by element.
func answer(_ sent: ScriptedSender.Sent, _ elements: [String]) {
    sent.answer(207, #"{"responses":[\#(elements.joined(separator: ","))]}"#)
}

func taken(_ place: Int) -> String { #"{"xactionId":"1700000000000:1485:153:\#(place)"}"# }

func refused(_ status: Int) -> String { #"{"statusCode":\#(status),"message":"said \#(status)"}"# }
