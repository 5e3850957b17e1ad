/// Something of the measuring itself could not be done.
package struct BenchFailure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
