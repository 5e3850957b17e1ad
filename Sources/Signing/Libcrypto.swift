/// The one place that decides what a refusal by libcrypto means.
enum Libcrypto {
    /// libcrypto answers 1 for success in every call used here, 0 or less for a failure.
    static func require(_ status: Int32, _ call: StaticString) {
        precondition(status == 1, "libcrypto refused \(call): out of memory or entropy")
    }

    static func require(_ made: OpaquePointer?, _ call: StaticString) -> OpaquePointer {
        guard let made = unsafe made else {
            preconditionFailure("libcrypto returned nothing from \(call)")
        }
        return unsafe made
    }
}
