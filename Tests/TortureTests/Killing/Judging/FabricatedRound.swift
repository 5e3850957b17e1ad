import Foundation
import RelayCore
import RelayTesting

/// The books of a round that nobody played: eight events, one kill, two destinations of which the
/// second gets the odd numbers, and a window of two.
///
/// The even numbers are one lane.
/// Of d0, 1 to 4 are recorded when life 1 ends; 5 and 6 were taken and are not, and come again.
struct FabricatedRound {
    enum Place: String { case queued, delivered, dead, discarded }

    var senderLines: [String] = []
    var sinkLines: [[String]] = [[], []]
    /// By event and destination, when life 1 ends and at the end.
    var left: [String: Place] = [:]
    var last: [String: Place] = [:]
    var replayed: [Int: Set<Int64>] = [:]
    var givenUp: Set<Int64> = []
    var mayForget = false
    var provenNs: Int64 = 900

    init() {
        for number in 1...8 {
            senderLines.append(Self.sent(number))
            senderLines.append("A \(number) \(number * 100 + 1) \(Self.id(number))")
            for destination in 0...(number % 2) {
                last[Self.key(number, destination)] = .delivered
                left[Self.key(number, destination)] = number <= 4 ? .delivered : .queued
                if number <= 6 { arrive(number, at: destination, life: 1) }
                if number > 4 { arrive(number, at: destination, life: 2) }
            }
        }
    }

    mutating func arrive(
        _ number: Int, at destination: Int = 0, life: Int, id: String? = nil, body: String? = nil,
        verdict: String = "ok", readAtNs: Int? = nil
    ) {
        let atNs = readAtNs ?? life * 1000 - 1000 + number * 100 + 50
        let (id, body) = (id ?? Self.id(number), body ?? Self.body(number))
        sinkLines[destination].append("M \(atNs) \(verdict) \(life) /in \(id) \(body)")
    }

    /// In one request, each with the relay's stamp.
    mutating func arriveTogether(_ numbers: [Int], life: Int) {
        let messages = numbers.map { number in
            Self.body(number).dropLast() + #","holdfast":{"_id":"\#(Self.id(number))"}}"#
        }
        let body = "[\(messages.joined(separator: ","))]"
        sinkLines[0].append("M \(life * 1000 - 300) ok \(life) /in - \(body)")
    }

    /// Takes the line of an arrival out of the first sink's book.
    mutating func take(_ number: Int, life: Int) -> String {
        let isIt = { (line: String) in line.contains(" \(life) /in \(Self.id(number)) ") }
        let line = sinkLines[0].first(where: isIt) ?? ""
        sinkLines[0].removeAll(where: isIt)
        return line
    }

    static func id(_ number: Int) -> String { "id\(number)" }

    static func key(_ number: Int, _ destination: Int = 0) -> String {
        KillBooks.key(id(number), destination)
    }

    static func body(_ number: Int) -> String {
        #"{"n":"\#(String(1_000_000_000_000 + number).dropFirst())","lane":"\#(number % 2)"}"#
    }

    static func sent(_ number: Int) -> String {
        "S \(number) \(number * 100) \(number % 2) \(body(number))"
    }

    func tally() throws -> KillTally {
        var books = KillBooks()
        for line in senderLines { try books.sent.add(Data(line.utf8)) }
        books.arrivals = try sinkLines.map { try $0.flatMap { try Arrival.read(Data($0.utf8)) } }
        books.ends = [KillBooks.LifeEnd(store: Self.store(left), lastProofNs: provenNs)]
        books.last = Self.store(last)
        books.replayed = replayed
        books.givenUp = givenUp
        books.mayForget = mayForget
        books.underWayMost = [2, 2]
        return try KillVerdict(books: books).tally()
    }

    private static func store(_ places: [String: Place]) -> StoreLeft {
        StoreLeft(
            places.map { key, place in
                let words = key.split(separator: " ").map { String($0) }
                return [
                    "id": .string(words[0]), "destination": .string(words[1]),
                    "state": .string(place.rawValue),
                ]
            })
    }
}
