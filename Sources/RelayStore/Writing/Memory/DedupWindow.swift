import RelayCore
import Signing

/// The newest fingerprints, to recognise an event that was sent twice without asking the disk.
///
/// A hit is only a suspicion: the caller compares with the stored event before he believes it, so
/// a collision of the 64 bits cannot swallow an event. Bounded by age and by
/// `Limits.dedupEntries`; what has fallen out is treated as new, which at-least-once permits.
struct DedupWindow {
    private var newest: [UInt64: Int64] = [:]
    /// In order of arrival, oldest at `head`.
    private var entries: [(key: UInt64, sequence: Int64)] = []
    private var head = 0
    private let limit: Int

    init(limit: Int = Limits.dedupEntries) {
        self.limit = limit
    }

    var count: Int { entries.count - head }

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

    func sequence(for key: UInt64) -> Int64? { newest[key] }

    mutating func remember(_ key: UInt64, sequence: Int64) {
        if count >= limit { forgetOldest() }
        newest[key] = sequence
        entries.append((key, sequence))
    }

    /// Undoes the newest `remember`s after a rollback.
    mutating func forgetNewest(_ number: Int) {
        for _ in 0..<min(number, count) {
            let (key, sequence) = entries.removeLast()
            if newest[key] == sequence { newest[key] = nil }
        }
    }

    /// Drops what is older than any source's window.
    mutating func forget(before sequence: Int64) {
        while head < entries.count, entries[head].sequence < sequence { forgetOldest() }
    }

    private mutating func forgetOldest() {
        guard head < entries.count else { return }
        let (key, sequence) = entries[head]
        if newest[key] == sequence { newest[key] = nil }
        head += 1
        // Amortised: the dead front is dropped when it is as long as the live rest.
        if head > 4096, head * 2 > entries.count {
            entries.removeFirst(head)
            head = 0
        }
    }
}
