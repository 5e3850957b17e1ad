import Glibc

/// Numbers of the operating system that have a sentence of their own.
package enum SystemErrorNumber {
    package static let readOnlyFileSystem = EROFS
    package static let noSpace = ENOSPC
    package static let quotaReached = EDQUOT
}
