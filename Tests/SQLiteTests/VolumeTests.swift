import Foundation
import Glibc
import Testing

@testable import SQLite

struct VolumeTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func write(_ name: String, _ text: String = "") throws -> String {
        let path = folder.file(name)
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        return path
    }

    private func isAbsent(_ path: String) -> Bool {
        if case .absent = Volume.look(at: path) { true } else { false }
    }

    @Test func `what cannot be looked at is not taken for absent`() throws {
        let file = try write("file")
        #expect(isAbsent(folder.file("none")) && !isAbsent(file))
        guard case .unknown(let number) = Volume.look(at: file + "/in it") else {
            Issue.record("a file is no directory")
            return
        }
        #expect(number == ENOTDIR)
    }

    /// As file systems know more or less of it.
    enum Way: CaseIterable { case inOneStep, byLink, afterLook }

    private func rename(_ old: String, _ new: String, _ way: Way) throws(Volume.RenameFailure) {
        switch way {
        case .inOneStep: try Volume.rename(old, toNew: new)
        case .byLink: try Volume.renameByLink(old, toNew: new)
        case .afterLook: try Volume.renameAfterLook(old, toNew: new)
        }
    }

    @Test(arguments: Way.allCases)
    func `a new name replaces nothing`(way: Way) throws {
        let old = try write("old", "old")
        let taken = try write("taken", "taken")
        let dangling = folder.file("dangling")
        try FileManager.default.createSymbolicLink(
            atPath: dangling, withDestinationPath: "nowhere")
        for name in [taken, dangling] {
            let failure = #expect(throws: Volume.RenameFailure.self) { try rename(old, name, way) }
            guard case .isThereAlready = failure else {
                Issue.record("\(name): \(String(describing: failure))")
                continue
            }
        }
        try rename(old, folder.file("new"), way)
        #expect(isAbsent(old))
        #expect(FileManager.default.contents(atPath: folder.file("new")) == Data("old".utf8))
        #expect(FileManager.default.contents(atPath: taken) == Data("taken".utf8))
    }
}
