/// One step of the schema: a numbered SQL script that is never edited once it has been applied.
package struct Migration: Sendable, Equatable {
    package let number: Int
    package let name: String
    package let sql: String
    /// A digest of the script, made by the caller; an edit shows as a different one.
    package let checksum: String

    package init(number: Int, name: String, sql: String, checksum: String) {
        self.number = number
        self.name = name
        self.sql = sql
        self.checksum = checksum
    }
}
