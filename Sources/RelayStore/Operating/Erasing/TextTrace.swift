import RelayCore
import SQLite

/// A message that quotes an erased value.
struct TextTrace: Sendable {
    enum Table: Sendable, CaseIterable {
        case attempts, deadLetters, discarded
    }

    let table: Table
    let key: DeliveryKey
    /// 0 where there is but one.
    let attempt: Int64

    /// Reads the messages of every table once.
    static func find(_ text: ErasedText, _ connection: Connection) throws -> [TextTrace] {
        var traces: [TextTrace] = []
        for needle in text.needles {
            for table in Table.allCases {
                let rows = try connection.statement(
                    text.ignoresCase ? table.searchAnyCaseSQL : table.searchSQL)
                try rows.bind(1, String(decoding: needle, as: UTF8.self))
                traces += try rows.rows { row in
                    TextTrace(
                        table: table,
                        key: DeliveryKey(sequence: row.int64(0), destination: row.int64(1)),
                        attempt: row.int64(2))
                }
            }
        }
        return traces
    }
}

extension TextTrace.Table {
    /// `lower` knows the letters A to Z, as the other searches do.
    fileprivate var searchAnyCaseSQL: String {
        searchSQL.replacing("instr(message, ?1)", with: "instr(lower(message), lower(?1))")
    }

    fileprivate var searchSQL: String {
        switch self {
        case .attempts:
            "SELECT seq, destination, attempt FROM attempts WHERE instr(message, ?1) > 0"
        case .deadLetters:
            "SELECT seq, destination, 0 FROM dead_letters WHERE instr(message, ?1) > 0"
        case .discarded:
            "SELECT seq, destination, 0 FROM discarded WHERE instr(message, ?1) > 0"
        }
    }
}
