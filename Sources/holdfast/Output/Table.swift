/// Rows and columns for people. Fitted into the screen where there is one, whole otherwise.
struct Table {
    struct Column: Sendable {
        let title: String
        let isRightAligned: Bool
        /// The column may be cut to this; nil: never.
        let smallestWidth: Int?
        /// Where the end of the text says more than its beginning.
        let keepsEnd: Bool

        init(
            _ title: String, right: Bool = false, smallest: Int? = nil, keepsEnd: Bool = false
        ) {
            self.keepsEnd = keepsEnd
            self.title = title
            isRightAligned = right
            smallestWidth = smallest
        }
    }

    struct Cell: Sendable, ExpressibleByStringLiteral {
        let text: String
        let style: TextStyle

        /// Made harmless here, so that no table can be written with raw text from the store.
        init(_ text: String, _ style: TextStyle = .plain) {
            self.text = DisplayText.harmless(text)
            self.style = style
        }

        init(stringLiteral text: String) { self.init(text) }
    }

    private static let gap = 2
    /// Short, because a narrow column has no room for three.
    private static let cutMark = "~"

    let columns: [Column]
    private var rows: [[Cell]] = []

    init(_ columns: [Column]) {
        self.columns = columns
    }

    mutating func add(_ cells: [Cell]) {
        precondition(cells.count == columns.count, "a row must have a cell for each column")
        rows.append(cells)
    }

    /// - Parameter widths: of an earlier part of the same table, so that its parts line up.
    func render(
        width: Int?, colour: Bool, header: Bool = true, widths: [Int]? = nil
    ) -> (lines: [String], widths: [Int]) {
        let widths = fitted(widths, into: width)
        var lines: [String] = []
        if header {
            let titles = columns.map { Cell($0.title, .bold) }
            lines.append(line(titles, widths, cut: width != nil, colour: colour))
        }
        lines += rows.map { line($0, widths, cut: width != nil, colour: colour) }
        return (lines, widths)
    }

    private func line(_ cells: [Cell], _ widths: [Int], cut: Bool, colour: Bool) -> String {
        var line = ""
        var owed = 0
        for (index, cell) in cells.enumerated() {
            let text = cut ? self.cut(cell.text, index, widths[index]) : cell.text
            let missing = max(0, widths[index] - DisplayText.width(text))
            let isRight = columns[index].isRightAligned
            // Blanks are owed until something follows: no line ends in one.
            owed += isRight ? missing : 0
            if !text.isEmpty {
                line += String(repeating: " ", count: owed)
                line += colour ? cell.style.apply(to: text) : text
                owed = 0
            }
            owed += (isRight ? 0 : missing) + Table.gap
        }
        return line
    }

    private func cut(_ text: String, _ column: Int, _ width: Int) -> String {
        guard columns[column].keepsEnd else {
            return DisplayText.cut(text, to: width, mark: Self.cutMark)
        }
        return DisplayText.cutFront(text, to: width, mark: Self.cutMark)
    }

    private func fitted(_ earlier: [Int]?, into width: Int?) -> [Int] {
        var widths = earlier ?? columns.map { DisplayText.width($0.title) }
        if earlier == nil || width == nil {
            for row in rows {
                for (index, cell) in row.enumerated() {
                    widths[index] = max(widths[index], DisplayText.width(cell.text))
                }
            }
        }
        guard let width, earlier == nil else { return widths }
        var over = widths.reduce(0, +) + Table.gap * (columns.count - 1) - width
        while over > 0 {
            let able = columns.indices.filter { index in
                columns[index].smallestWidth.map { widths[index] > $0 } ?? false
            }
            guard let widest = able.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
            over -= 1
        }
        return widths
    }
}
