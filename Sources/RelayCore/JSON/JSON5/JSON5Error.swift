/// Why a JSON5 text cannot be read, and where an editor shows the place (both count from 1).
package struct JSON5Error: Error, Sendable, Hashable, CustomStringConvertible {
    package let line: Int
    package let column: Int
    package let message: String

    package init(line: Int, column: Int, message: String) {
        self.line = line
        self.column = column
        self.message = message
    }

    package var description: String { "\(line):\(column): \(message)" }
}
