/// Which file a path names right now.
package struct FileIdentity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
    package let bytes: Int64
    /// What the file takes of the disk: less than `bytes` when it has holes.
    package let allocatedBytes: Int64
    /// When its bytes were last written, ns.
    package let writtenNs: Int64

    package func isSameFile(as other: FileIdentity) -> Bool {
        device == other.device && inode == other.inode
    }
}
