// Migrations: the schema of the store as numbered SQL files, embedded into the binary.
//
// Forward only. A file that has been released is never edited: its checksum is kept in every
// database it was applied to, and a difference stops the start. To change the schema add the next
// number to the folder and to the list below.

/// The files in the order in which they apply.
package enum Migrations {
    package struct File: Sendable {
        package let number: Int
        package let name: String
        package let sql: [UInt8]
    }

    package static let sqlite: [File] = [
        File(number: 1, name: "0001_initial", sql: PackageResources._001_initial_sql)
    ]
}
