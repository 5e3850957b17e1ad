import Foundation
import RelayCore

/// Where a store is to be, looked at without making anything.
struct DataDirectory {
    private let path: String
    private let wanted: URL

    init(_ path: String) {
        self.path = path
        wanted = URL(fileURLWithPath: path)
    }

    var isThere: Bool { FileManager.default.fileExists(atPath: wanted.path) }

    /// Why no store can be made or written there: the directory, or the nearest place above it
    /// that is there, stands in its way.
    var obstacle: String? {
        if let fault = lengthFault { return fault }
        let place = nearestPlace.path
        let found = try? FileManager.default.attributesOfItem(
            atPath: nearestPlace.resolvingSymlinksInPath().path)
        if found?[.type] as? FileAttributeType != .typeDirectory {
            return "\(place) is no directory"
        }
        let missing = isThere ? "" : "\(path) is not there, and "
        if !FileManager.default.isWritableFile(atPath: place) {
            return "\(missing)\(place) cannot be written by \(NSUserName()); run this as the user "
                + "that the relay runs as, and let the directory be his"
        }
        return takesNoFiles(place)
            ? "\(place) is on a file system that has no room for files" : nil
    }

    private var nearestPlace: URL {
        var place = wanted
        while place.path != "/", !FileManager.default.fileExists(atPath: place.path) {
            place.deleteLastPathComponent()
        }
        return place
    }

    private var lengthFault: String? {
        let longest = wanted.pathComponents.map(\.utf8.count).max() ?? 0
        if longest > Limits.fileNameBytes {
            return "a name of \(longest) bytes is too long; the system takes at most "
                + "\(Limits.fileNameBytes)"
        }
        let bytes = wanted.path.utf8.count
        guard bytes > Limits.dataDirectoryBytes else { return nil }
        return "a path of \(bytes) bytes is too long; the store takes at most "
            + "\(Limits.dataDirectoryBytes)"
    }

    /// Such as `/proc` and `/sys`, which root is told that he may write to.
    private func takesNoFiles(_ place: String) -> Bool {
        let facts = try? FileManager.default.attributesOfFileSystem(forPath: place)
        return (facts?[.systemSize] as? NSNumber)?.int64Value == 0
    }
}
