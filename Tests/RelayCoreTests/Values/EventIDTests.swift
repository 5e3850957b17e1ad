import RelayCore
import RelayTesting
import Testing

@Suite struct EventIDTests {
    @Test func `an id has 26 characters and reads back`() throws {
        let random = SeededRandom(seed: 7)
        for _ in 0..<1000 {
            let id = EventID(
                sequence: Int64(bitPattern: random.next() >> 1),
                lineage: Int64(random.next() % UInt64(EventID.lineageLimit)))
            #expect(id.description.utf8.count == 26)
            #expect(EventID(id.description) == id)
            #expect(EventID(id.description.lowercased()) == id)
        }
    }

    @Test func `each bit has its place, and an id its one spelling`() {
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        for bit in 0..<122 {
            let id = EventID(
                sequence: bit < 59 ? 0 : 1 << Int64(bit - 59),
                lineage: bit < 59 ? 1 << Int64(bit) : 0)
            var wanted = [Character](repeating: "0", count: 26)
            wanted[25 - bit / 5] = alphabet[1 << (bit % 5)]
            #expect(id.description == String(wanted))
        }
        let last = EventID(sequence: .max, lineage: EventID.lineageLimit - 1)
        #expect(last.description == "03" + String(repeating: "Z", count: 24))
    }

    @Test func `ids sort as their sequences do`() {
        let random = SeededRandom(seed: 8)
        for _ in 0..<1000 {
            let first = Int64(bitPattern: random.next() >> 1)
            let second = Int64(bitPattern: random.next() >> 1)
            let one = EventID(sequence: first, lineage: EventID.lineageLimit - 1).description
            let two = EventID(sequence: second, lineage: 0).description
            #expect((one < two) == (first < second))
        }
    }

    @Test func `an id begins with its time, as a ULID does`() {
        let time = Timestamp(milliseconds: 1_795_166_043_120)
        let id = EventID(sequence: EventID.firstSequence(at: time), lineage: 0)
        #expect(id.time == time)
        // The first ten characters are the 48 bits of milliseconds.
        let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ")
        var milliseconds: Int64 = 0
        for character in id.description.prefix(10) {
            milliseconds =
                milliseconds * 32 + Int64(alphabet.firstIndex(of: character) ?? -1)
        }
        #expect(milliseconds == time.milliseconds)
    }

    @Test(arguments: [
        "", "01J", "01ARZ3NDEKTSV4RRFFQ69G5FAVX", "01ARZ3NDEKTSV4RRFFQ69G5FAU!",
        "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "01ARZ3NDEKTSV4RRFFQ69G5FAI", "ÄÄÄÄÄÄÄÄÄÄÄÄÄ",
    ])
    func `anything else is no id`(text: String) {
        #expect(EventID(text) == nil)
    }
}
