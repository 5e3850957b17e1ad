import CCurl

/// Header lines as curl wants them, laid out in one block: the list's nodes first, then the texts.
///
/// Curl reads the list during the transfer and changes nothing in it. The block is owned here and
/// is replaced only between transfers.
@safe
final class HeaderLines {
    private var lines: [String] = []
    private var block: UnsafeMutableRawPointer?
    private var capacityBytes = 0
    /// The first node; valid until the next `lay`.
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    /// `Expect` would make curl wait for an interim answer before larger bodies.
    private static let noExpect = "Expect:"
    /// Curl would invent a form's content type where the caller names none.
    private static let noContentType = "Content-Type:"

    deinit {
        unsafe block?.deallocate()
    }

    /// False when a line could end early and start another one.
    func lay(_ lines: [String]) -> Bool {
        // Equal arrays are most often one and the same storage, which `==` sees at once.
        if unsafe list != nil, lines == self.lines { return true }
        guard lines.allSatisfy(Self.isOneLine) else { return false }
        var all = lines
        all.append(Self.noExpect)
        if !lines.contains(where: Self.namesContentType) { all.append(Self.noContentType) }
        write(all)
        self.lines = lines
        return true
    }

    private func write(_ all: [String]) {
        let nodesBytes = unsafe all.count * MemoryLayout<curl_slist>.stride
        reserve(nodesBytes + all.reduce(0) { $0 + $1.utf8.count + 1 })
        guard let block = unsafe block else { return }
        let nodes = unsafe block.bindMemory(to: curl_slist.self, capacity: all.count)
        var text = unsafe (block + nodesBytes).assumingMemoryBound(to: CChar.self)
        for (index, line) in all.enumerated() {
            let isLast = index + 1 == all.count
            let next = unsafe isLast ? nil : nodes + index + 1
            unsafe (nodes + index).initialize(to: curl_slist(data: text, next: next))
            for byte in line.utf8 {
                unsafe text.pointee = CChar(bitPattern: byte)
                unsafe text += 1
            }
            unsafe text.pointee = 0
            unsafe text += 1
        }
        unsafe list = nodes
    }

    private func reserve(_ bytes: Int) {
        guard bytes > capacityBytes else { return }
        unsafe block?.deallocate()
        capacityBytes = max(bytes, 1_024)
        unsafe block = UnsafeMutableRawPointer.allocate(
            byteCount: capacityBytes, alignment: MemoryLayout<curl_slist>.alignment)
    }

    private static func isOneLine(_ line: String) -> Bool {
        line.utf8.allSatisfy { $0 != 0 && $0 != 10 && $0 != 13 }
    }

    private static func namesContentType(_ line: String) -> Bool {
        let name = noContentType.utf8
        return line.utf8.count >= name.count
            && zip(line.utf8, name).allSatisfy { $0 | 0x20 == $1 | 0x20 }
    }
}
