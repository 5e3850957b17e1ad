/// What is wrong with a call of the control API, in words for the person who wrote it.
package struct ControlError: Error, Equatable, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
