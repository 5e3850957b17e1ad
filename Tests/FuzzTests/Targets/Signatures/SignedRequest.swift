import Foundation
import RelayCore
import Signing

/// A request as a plain reader sees it, with the marks in its header replaced.
struct SignedRequest {
    static let seconds = 1_760_000_000
    static let now = Timestamp(milliseconds: Int64(seconds) * 1000)

    let fields: [(name: String, value: String)]
    let body: [UInt8]

    init(fields: [(name: String, value: String)], body: [UInt8], sender: SignedSender) {
        let timed = fields.map {
            ($0.name, $0.value.replacing("%T", with: String(Self.seconds)))
        }
        let request = SignedRequest(fields: timed, body: body)
        let signature = sender.sign(request)
        self.fields = timed.map { ($0.0, $0.1.replacing("%S", with: signature)) }
        self.body = body
    }

    private init(fields: [(name: String, value: String)], body: [UInt8]) {
        self.fields = fields
        self.body = body
    }

    func values(_ name: String) -> [String] {
        fields.filter { FuzzTarget.asciiLower($0.name) == name }.map(\.value)
    }

    /// The value of a header that stands there once.
    func single(_ name: String) -> String? {
        let values = values(name)
        return values.count == 1 ? values[0] : nil
    }

    /// A delivery id in a header of its own: none is right, two or one that is too long is not.
    func hasOrderlyID(_ name: String) -> Bool {
        let values = values(name)
        return values.count <= 1 && (values.first?.utf8.count ?? 0) <= Limits.deliveryIDBytes
    }

    /// Digits that lie within five minutes of now.
    static func isTimely(_ text: String) -> Bool {
        guard (1...15).contains(text.utf8.count), let value = Int(text),
            text.utf8.allSatisfy({ (0x30...0x39).contains($0) })
        else { return false }
        return abs(value - seconds) <= 300
    }
}

extension String {
    /// Pieces between the separators, empty ones left out.
    func pieces(_ separator: Character) -> [String] {
        utf8.split(separator: separator.asciiValue ?? 0).map { String(decoding: $0, as: UTF8.self) }
    }

    /// What follows the first of a byte; nil without one.
    func after(_ byte: Character) -> (before: String, after: String)? {
        guard let place = utf8.firstIndex(of: byte.asciiValue ?? 0) else { return nil }
        return (
            String(decoding: utf8[..<place], as: UTF8.self),
            String(decoding: utf8[utf8.index(after: place)...], as: UTF8.self)
        )
    }
}
