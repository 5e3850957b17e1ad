import Foundation
import RelayCore
import Testing

@testable import holdfast

/// `docs/configuration.md` against the code: every setting stands in both, with the same default
/// and the same range.
struct ReferenceTests {
    private static let table: ReferenceTable = {
        // Tests/HoldfastTests/Documents/ReferenceTests.swift
        var folder = URL(fileURLWithPath: #filePath)
        for _ in 0..<4 { folder.deleteLastPathComponent() }
        let file = folder.appendingPathComponent("docs/configuration.md").path
        let data = FileManager.default.contents(atPath: file) ?? Data()
        return ReferenceTable(String(decoding: data, as: UTF8.self))
    }()

    @Test func `every section of the reference has a place in the configuration`() {
        #expect(Self.table.settings.count > 60)
        for setting in Self.table.settings {
            #expect(ReferenceWorld.place(of: setting.section) != nil, "\(setting.section)")
        }
    }

    @Test(arguments: Set(table.settings.map(\.section)).sorted())
    func `a section names the keys that the code knows, no more and no less`(
        section: String
    ) throws {
        let place = try #require(ReferenceWorld.place(of: section))
        for object in objects(in: section) {
            let known = try knownKeys(at: place.path + object, in: place.base)
            #expect(documented(section, object) == known, "\(section) \(object)")
        }
    }

    @Test(arguments: Self.table.schemeKeys.keys.sorted())
    func `a scheme names the keys that the code knows`(scheme: String) throws {
        guard scheme != "hmac" else { return }
        let known = try knownKeys(
            at: ["sources", "s", "verify"], in: ReferenceWorld.verify(scheme: scheme))
        let documented = Set(Self.table.schemeKeys[scheme] ?? []).union(["scheme"])
        #expect(documented == known)
    }

    @Test(arguments: table.settings)
    func `a default is the one that is in force`(setting: ReferenceTable.Setting) throws {
        let place = try #require(ReferenceWorld.place(of: setting.section))
        let path = place.path + keys(setting.key)
        let read = ReferenceWorld.read(place.base.setting(nil, at: path), without: setting.key)
        let text = setting.byDefault
        if text == "required" || text.hasPrefix("required for") || text.hasPrefix("required in") {
            let isNamed = read.problems.contains {
                $0.hasPrefix(path.joined(separator: ".") + ":") && $0.contains("is required")
            }
            return #expect(isNamed, "\(setting): \(read.problems)")
        }
        guard let expected = value(text, kind: kind(place)) else { return }
        #expect(read.shown?.found(at: path) == expected, "\(setting): \(read.problems)")
    }

    @Test(arguments: table.settings)
    func `a range ends where it is said to end`(setting: ReferenceTable.Setting) throws {
        guard let range = ReferenceRange(setting.range) else { return }
        let place = try #require(ReferenceWorld.place(of: setting.section))
        let path = place.path + keys(setting.key)
        func problems(_ value: JSONValue) -> [String] {
            // Only about this setting: some must not exceed another.
            ReferenceWorld.read(place.base.setting(value, at: path)).problems.filter {
                $0.hasPrefix(path.joined(separator: ".") + ":")
                    && ($0.contains("below") || $0.contains("above") || $0.contains("is not "))
                    && !$0.contains("(")
            }
        }
        for value in range.inside { #expect(problems(value).isEmpty, "\(setting): \(value)") }
        for value in range.outside { #expect(!problems(value).isEmpty, "\(setting): \(value)") }
    }

    /// The objects a section's keys stand in, as paths inside the section: itself, `retention`, ….
    private func objects(in section: String) -> Set<[String]> {
        var objects: Set<[String]> = [[]]
        for setting in Self.table.settings where setting.section == section {
            let path = keys(setting.key)
            for end in 1..<max(path.count, 1) { objects.insert(Array(path[..<end])) }
        }
        // Names of hooks are free, or Chatlio's five.
        return objects.filter { $0 != ["hooks"] }
    }

    private func documented(_ section: String, _ object: [String]) -> Set<String> {
        let common = ["sources.NAME", "destinations.NAME"].filter { section.hasPrefix($0 + " ") }
        let sections = Set([section] + common)
        let settings = Self.table.settings.filter { sections.contains($0.section) }
        var own = settings.map { keys($0.key) }
            .filter { $0.count > object.count && $0.starts(with: object) }
            .map { $0[object.count] }
        // A section without a kind is shown with the keys of the kind that the base has.
        if section == "sources.NAME" { own += kindKeys("sources.NAME kind: chatlio", object) }
        if section == "destinations.NAME" {
            own += kindKeys("destinations.NAME kind: platform", object)
        }
        if section == "verify hmac" { own.append("scheme") }
        return Set(own)
    }

    private func kindKeys(_ section: String, _ object: [String]) -> [String] {
        Self.table.settings.filter { $0.section == section }.map { keys($0.key) }
            .filter { $0.count > object.count && $0.starts(with: object) }
            .map { $0[object.count] }
    }

    /// What a configuration may have in an object, as it says of a key that nobody knows.
    private func knownKeys(at path: [String], in base: JSONValue) throws -> Set<String> {
        let stranger = "qqqqqqqqqqqqqqqqqqqqqqqq"
        let read = ReferenceWorld.read(base.setting(1, at: path + [stranger]))
        let front = (path + [stranger]).joined(separator: ".") + ": unknown key; known here: "
        let problem = try #require(
            read.problems.first { $0.hasPrefix(front) }, "\(path): \(read.problems)")
        return Set(problem.dropFirst(front.count).components(separatedBy: ", "))
    }

    private func keys(_ key: String) -> [String] {
        key.split(separator: ".").map { $0 == "HOOK" ? "transcript" : String($0) }
    }

    private func kind(_ place: (base: JSONValue, path: [String])) -> String {
        place.base.found(at: place.path)?["kind"]?.string ?? ""
    }

    /// A documented default as a value; nil for one that is described in words.
    private func value(_ text: String, kind: String) -> JSONValue? {
        // `10m` chatlio, `24h` generic: the one for this kind.
        let parts = text.components(separatedBy: ", ")
        if let own = parts.first(where: { $0.hasSuffix(" " + kind) }), !kind.isEmpty {
            return value(String(own.dropLast(kind.count + 1)), kind: "")
        }
        let quoted = ReferenceTable.quoted(text)
        if quoted.count > 1, parts.count == quoted.count {
            return .array(quoted.map { .string($0) })
        }
        if quoted.count == 1, text == "`\(quoted[0])`" { return .string(quoted[0]) }
        let first = text.prefix { $0 != "," && $0 != " " }
        if first == "true" || first == "false" { return .bool(first == "true") }
        return JSONNumber(String(first)).map { .number($0) }
    }
}
