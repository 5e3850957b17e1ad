/// The relay's stamp for destinations other than Platform: the same bytes, one member more.
package enum StampedBody {
    /// The body as it is when its root is no object.
    package static func of(_ message: OutgoingMessage) -> [UInt8] {
        let wire = WireMessage(body: message.body, inserting: Stamp.member(for: message), in: nil)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(wire.bytesCount)
        wire.append(to: &bytes)
        return bytes
    }
}
