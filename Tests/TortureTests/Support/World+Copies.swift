import FoundationEssentials
import RelayCore
import RelayStore
import RelayTesting

/// Copies go to a real folder and come from there.
extension World {
    func backUp() throws {
        copies += 1
        let new = StoreFile(path: home.file("copy-\(copies).db"))
        do {
            try file.backup(to: new.path, now: clock.now) { _ in true }
        } catch {
            let left = try FileManager.default.contentsOfDirectory(atPath: home.path)
                .filter { $0.hasPrefix("copy-\(copies).") }
            guard left.isEmpty else { throw Finding("of a copy that failed there is \(left)") }
            throw error
        }
        if let old = copy { World.remove(old.file.path) }
        copy = (new, model)
        // Whoever looks at a copy does so on a machine that is well.
        FaultyMemory.forgetFailures()
        try compare(new, with: model)
    }

    /// Somebody takes the last copy for the store, on a new disk.
    func restore() throws {
        guard let copy else { return }
        close()
        endFaults()
        let place = StoreFile(directory: home.file("restored"))
        try FileManager.default.createDirectory(
            atPath: place.directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: place.directory) }
        try place.restore(from: copy.file, holder: "torture", now: clock.now) { _ in true }
        try compare(place, with: copy.model)
        guard let bytes = FileManager.default.contents(atPath: place.path) else {
            throw Finding("nothing was restored")
        }
        move(to: World.makeDisk(seed: seed &+ UInt64(copies) << 32, plant))
        disk.putFile(file.path, [UInt8](bytes))
        model = copy.model
        try start(candidates: [model])
    }

    private func compare(_ copy: StoreFile, with model: StoreContents) throws {
        let (found, damages) = try StoreContents.read(copy, now: clock.now)
        guard damages.isEmpty, found == model else {
            throw Finding("the copy differs: \(damages) \(model.differences(from: found))")
        }
    }
}
