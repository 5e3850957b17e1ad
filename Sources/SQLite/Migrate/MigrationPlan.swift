/// What a database has been through, and what the binary would still do to it.
package struct MigrationPlan: Sendable, Equatable {
    package struct Applied: Sendable, Equatable {
        package let number: Int
        package let name: String
        package let checksum: String
        package let appliedAtMs: Int64
    }

    package let applied: [Applied]
    package let pending: [Migration]
}
