import Glibc

/// Numbers of the operating system that have a sentence of their own.
package enum SystemErrorNumber {
    package static let readOnlyFileSystem = EROFS
    package static let noSpace = ENOSPC
    package static let quotaReached = EDQUOT
    /// This process has as many descriptors as it may; the system has no more to give.
    package static let tooManyFiles = EMFILE
    package static let tooManyFilesInSystem = ENFILE
}
