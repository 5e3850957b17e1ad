import FoundationEssentials
import SQLite

/// SQLite follows a symbolic link and has the log beside what it leads to. Whoever reads does the
/// same: a backup may be named by a link (`latest.db`). A store that is written may not, because a
/// link in the data directory is what is left when somebody moves the database and forgets its log.
extension StoreFile {
    /// As many as Linux follows.
    private static let linksLimit = 40

    /// The file that a reader opens, and beside which its log lies. A log beside the link itself is
    /// one that SQLite would pass over, with the events in it.
    func whereItLies() throws(StoreError) -> StoreFile {
        guard vfs == nil else { return self }
        var file = self
        var followed = 0
        while followed < StoreFile.linksLimit, Volume.isLink(file.path) {
            followed += 1
            if file.hasLog { throw file.linkRefusal }
            let names = FileManager.default
            guard let target = try? names.destinationOfSymbolicLink(atPath: file.path) else {
                break
            }
            file = StoreFile(
                path: target.hasPrefix("/") ? target : file.directory + "/" + target)
        }
        return file
    }

    /// For whoever writes.
    func requireOwnName() throws(StoreError) {
        guard vfs == nil, Volume.isLink(path) else { return }
        throw linkRefusal
    }

    private var linkRefusal: StoreError {
        .cannotPrepare(
            path: path,
            reason: "is a symbolic link, and a log beside it would not be found: move the whole "
                + "data directory, or let a link lead to the directory")
    }
}
