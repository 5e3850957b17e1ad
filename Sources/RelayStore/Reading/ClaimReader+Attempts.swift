import RelayCore
import SQLite

extension ClaimReader {
    /// Recorded sends of a delivery that say something of the event itself. One that met refused
    /// credentials or a wrong address says nothing of it.
    package func attemptsAtEvent(_ claim: Claim) throws -> Int {
        let row = try connection.statement(
            """
            SELECT count(*) FROM attempts WHERE seq = ?1 AND destination = ?2
            AND error_class NOT IN (?3, ?4, ?5)
            """)
        defer { row.reset() }
        try row.bind(1, claim.id.sequence)
        try row.bind(2, claim.destination)
        for (index, errorClass) in [ErrorClass.unauthorized, .forbidden, .notFound].enumerated() {
            try row.bind(3 + index, errorClass.rawValue)
        }
        return try row.step() ? row.int(0) : 0
    }
}
