import Testing

@Suite struct CodeRulesTests {
    @Test(arguments: [
        "public struct A {}", "open class A {}", "    public func a() {}", "public import B",
        "public static let a = 1", "@inlinable public final class A {}",
    ])
    func `access wider than package is found`(text: String) {
        #expect(Planted.lines(Access.check, in: text) == [1])
    }

    @Test(arguments: [
        "package struct A {}", "let fd = open(path, flags)", "case open", "gate.open\nlet a = 1",
        "// public func a()", "case .open:\n    let a = 1", "func f(public: Int, open: Int) {}",
    ])
    func `other uses of the same words pass`(text: String) {
        #expect(Planted.lines(Access.check, in: text) == [])
    }

    @Test func `pointers are found outside the wrappers`() {
        let text = "let a = 1\nlet b = unsafe c.pointee\n"
        for target in ["RelayCore", "Platform", "RelayStore", "RelayIntake", "holdfast"] {
            let path = "Sources/\(target)/A.swift"
            #expect(Planted.lines(UnsafeCode.check, in: text, at: path) == [2])
        }
        for folder in ["Sources/SQLite", "Sources/RelayRuntime", "Tests/RelayCoreTests"] {
            #expect(Planted.lines(UnsafeCode.check, in: text, at: folder + "/A.swift") == [])
        }
        #expect(Planted.lines(UnsafeCode.check, in: "// unsafe\nlet a = \"unsafe\"") == [])
    }

    @Test func `unchecked Sendable without a reason is found`() {
        let bare = "import A\n\nfinal class B: @unchecked Sendable {}"
        #expect(Planted.lines(UncheckedSendable.check, in: bare) == [3])
        let far = "// Confined to its queue.\n\nfinal class B: @unchecked Sendable {}"
        #expect(Planted.lines(UncheckedSendable.check, in: far) == [3])
        for explained in [
            "// Confined to its queue.\nfinal class B: @unchecked Sendable {}",
            "/// Confined to its queue.\n@safe\nfinal class B: @unchecked Sendable {}",
            "final class B: @unchecked Sendable {} // the lock guards all of it",
        ] {
            #expect(Planted.lines(UncheckedSendable.check, in: explained) == [])
        }
    }
}
