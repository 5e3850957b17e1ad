import Testing

@Suite struct ImportsTests {
    struct Arrow: Sendable {
        let path: String
        let statement: String
    }

    static let refused = [
        Arrow(path: "Sources/RelayCore/A.swift", statement: "import RelayStore"),
        Arrow(path: "Sources/RelayCore/A.swift", statement: "internal import Foundation"),
        Arrow(path: "Sources/RelayCore/A.swift", statement: "import Dispatch"),
        Arrow(path: "Sources/Platform/A.swift", statement: "import Glibc"),
        Arrow(path: "Sources/Platform/A.swift", statement: "import HTTPClient"),
        Arrow(path: "Sources/RelayIntake/A.swift", statement: "package import RelayDelivery"),
        Arrow(path: "Sources/RelayDelivery/A.swift", statement: "import RelayIntake"),
        Arrow(path: "Sources/RelayStore/A.swift", statement: "import CSQLite"),
        Arrow(path: "Sources/RelayDelivery/Send/A.swift", statement: "import CCurl"),
        Arrow(path: "Sources/HTTPServer/A.swift", statement: "import CCurl"),
        Arrow(path: "Sources/HTTPClient/A.swift", statement: "import RelayCore"),
        Arrow(path: "Sources/holdfast/A.swift", statement: "import SQLite"),
        Arrow(path: "Sources/holdfast/A.swift", statement: "import RelayTesting"),
        Arrow(path: "Sources/RelayStore/A.swift", statement: "import Testing"),
        Arrow(path: "Sources/Strange/A.swift", statement: "import RelayCore"),
        Arrow(path: "Sources/RelayRuntime/A.swift", statement: "import Logging"),
        Arrow(path: "Sources/RelayRuntime/A.swift", statement: "import struct RelayStore.Row"),
        Arrow(path: "Migrations/A.swift", statement: "import SQLite"),
        Arrow(path: "Tests/SigningTests/A.swift", statement: "import CCrypto"),
        Arrow(path: "Tests/SQLiteTests/A.swift", statement: "@testable import NIO"),
    ]

    static let accepted = [
        Arrow(path: "Sources/SQLite/A.swift", statement: "internal import CSQLite"),
        Arrow(path: "Sources/RelayTesting/A.swift", statement: "import CSQLite"),
        Arrow(path: "Sources/RelayCore/A.swift", statement: "import FoundationEssentials"),
        Arrow(path: "Sources/RelayStore/A.swift", statement: "package import RelayCore"),
        Arrow(path: "Sources/RelayStore/A.swift", statement: "import struct RelayCore.Event"),
        Arrow(path: "Sources/holdfast/A.swift", statement: "import RelayIntake"),
        Arrow(path: "Sources/RelayRuntime/A.swift", statement: "import Dispatch"),
        Arrow(path: "Tests/HoldfastTests/A.swift", statement: "@testable import holdfast"),
        Arrow(path: "Sources/RelayCore/A.swift", statement: "// import RelayStore"),
        Arrow(path: "Sources/RelayCore/A.swift", statement: #"let text = "import RelayStore""#),
        Arrow(path: "Package.swift", statement: "import PackageDescription"),
    ]

    @Test(arguments: refused)
    func `an arrow outside the table is found`(arrow: Arrow) {
        let text = "// A page.\n\n\(arrow.statement)\n"
        #expect(Planted.lines(Imports.check, in: text, at: arrow.path) == [3])
    }

    @Test(arguments: accepted)
    func `an arrow of the table passes`(arrow: Arrow) {
        #expect(Planted.lines(Imports.check, in: arrow.statement, at: arrow.path) == [])
    }

    @Test func `intake and delivery are told apart by name`() {
        let found = Planted.messages(
            Imports.check, in: "import RelayIntake", at: "Sources/RelayDelivery/A.swift")
        #expect(found == ["intake and delivery never import each other; they meet in RelayStore"])
    }

    @Test func `every arrow of the table leads to a known module`() {
        let known = ImportTable.swiftModules.union(ImportTable.cModules)
        for (target, modules) in ImportTable.arrows {
            #expect(modules.isSubset(of: known), "\(target)")
        }
    }

    @Test func `files and the network are out of reach for pure targets`() {
        let text = "let a = FileManager.default\nlet b = URLSession.shared\nlist.append(x)\n"
        #expect(Planted.lines(PureTargets.check, in: text) == [1, 2])
        #expect(
            Planted.lines(PureTargets.check, in: text, at: "Sources/Platform/A.swift") == [1, 2])
        #expect(Planted.lines(PureTargets.check, in: text, at: "Sources/holdfast/A.swift") == [])
    }
}
