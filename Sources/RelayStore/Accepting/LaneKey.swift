/// A lane as it stands in the queue: 63 bits of a hash of its text (FNV-1a). Two lanes that share
/// a number wait for each other, which costs time and never order.
package enum LaneKey {
    package static func of(_ lane: String) -> Int64 {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in lane.utf8 {
            hash ^= UInt64(byte)
            hash = hash &* 0x100_0000_01b3
        }
        return Int64(bitPattern: hash >> 1)
    }
}
