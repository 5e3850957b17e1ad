import RelayCore
import Signing

/// The newest fingerprints, to recognise an event that was sent twice without asking the disk.
///
/// A hit is only a suspicion: the caller compares with the stored event before he believes it, so
/// a collision of the 64 bits cannot swallow an event. Bounded by age and by
/// `Limits.dedupEntries`; what has fallen out is treated as new, which at-least-once permits.
struct DedupWindow {
    /// In order of arrival, in a ring: the oldest at `head`. Of places, because half a million of
    /// them is the most memory that the relay holds by design.
    private var keys: [UInt64] = []
    private var sequences: [Int64] = []
    private var head = 0
    private(set) var count = 0
    /// The place of the newest with a key.
    private var newest: [UInt64: UInt32] = [:]
    private let limit: Int

    init(limit: Int = Limits.dedupEntries) {
        precondition(limit > 0 && limit <= Int(UInt32.max))
        self.limit = limit
    }

    /// 64 bits of the SHA-256 of what makes two events the same (the sender's own id where there is
    /// one, else the body), told apart by where they came in.
    static func key(deliveryID: String?, sha256: [UInt8], source: Int64, hook: Int64) -> UInt64 {
        let digest = deliveryID.map { SHA256.digest(Array($0.utf8)).bytes } ?? sha256
        var bits: UInt64 = 0
        for byte in digest.prefix(8) { bits = bits << 8 | UInt64(byte) }
        let place =
            UInt64(bitPattern: source) &* 0x9E37_79B9_7F4A_7C15
            &+ UInt64(bitPattern: hook) &* 0xC2B2_AE3D_27D4_EB4F
        return bits ^ place
    }

    func sequence(for key: UInt64) -> Int64? { newest[key].map { sequences[Int($0)] } }

    mutating func remember(_ key: UInt64, sequence: Int64) {
        if count >= limit { forgetOldest() }
        let place = place(count)
        if place < keys.count {
            keys[place] = key
            sequences[place] = sequence
        } else {
            keys.append(key)
            sequences.append(sequence)
        }
        newest[key] = UInt32(place)
        count += 1
    }

    /// Undoes the newest `remember`s after a rollback.
    mutating func forgetNewest(_ number: Int) {
        for _ in 0..<min(number, count) {
            count -= 1
            forget(place(count))
        }
    }

    /// Drops what is older than any source's window.
    mutating func forget(before sequence: Int64) {
        while count > 0, sequences[head] < sequence { forgetOldest() }
    }

    private mutating func forgetOldest() {
        guard count > 0 else { return }
        forget(head)
        head = place(1)
        count -= 1
    }

    private mutating func forget(_ place: Int) {
        if newest[keys[place]] == UInt32(place) { newest[keys[place]] = nil }
    }

    /// Of the n-th oldest. The ring has its full size only once that many have come.
    private func place(_ number: Int) -> Int {
        let place = head + number
        return place < limit ? place : place - limit
    }
}
