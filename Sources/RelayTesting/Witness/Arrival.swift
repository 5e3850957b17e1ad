package import Foundation

/// One message as a sink saw it.
package struct Arrival {
    package let number: Int64
    /// When the sink had read it, on the clock that all processes of a machine share, ns.
    package let readAtNs: Int64
    /// Which life of the relay has sent it. A sink may read it when that life is over.
    package let life: Int
    /// Under which id the relay sent it.
    package let id: String
    /// The sink answered that it has taken it.
    package let isTaken: Bool
    /// As the sender made it, without what the relay adds.
    package let body: Data

    private static let prefix = Data(#"{"n":""#.utf8)
    private static let stamp = #","holdfast":{"_id":""#
    private static let digits = 12

    /// Reads a line of the sink's ledger. A message ends before the relay's stamp, or with the body
    /// where there is none.
    package static func read(_ line: Data) throws -> [Arrival] {
        guard let (words, body) = line.words(6), let life = Int(words[3]),
            let readAtNs = Int64(words[1])
        else {
            throw NeverHappened("a line of a sink's that makes sense")
        }
        let pieces = starts(in: body)
        return try pieces.enumerated().map { index, start in
            let end = index + 1 < pieces.count ? pieces[index + 1] : body.endIndex
            return try Arrival(
                body[start..<end], readAtNs: readAtNs, life: life, webhookID: words[5],
                isTaken: words[2] == "ok"
                    || (words[2].hasPrefix("part") && words[2] != "part\(index)"))
        }
    }

    private static func starts(in body: Data) -> [Data.Index] {
        var found: [Data.Index] = []
        var rest = body.startIndex..<body.endIndex
        while let range = body.range(of: prefix, in: rest) {
            found.append(range.lowerBound)
            rest = range.upperBound..<body.endIndex
        }
        return found
    }

    private init(
        _ piece: Data, readAtNs: Int64, life: Int, webhookID: String, isTaken: Bool
    ) throws {
        let text = String(
            decoding: piece.dropFirst(Self.prefix.count).prefix(Self.digits), as: UTF8.self)
        guard let number = Int64(text) else { throw NeverHappened("a number in \(text)") }
        self.number = number
        self.readAtNs = readAtNs
        self.life = life
        self.isTaken = isTaken
        if let stamp = piece.range(of: Data(Self.stamp.utf8)) {
            id = String(decoding: piece[stamp.upperBound...].prefix { $0 != 34 }, as: UTF8.self)
            body = Data(piece[..<stamp.lowerBound]) + Data("}".utf8)
        } else {
            id = webhookID
            body = Data(piece)
        }
    }
}
