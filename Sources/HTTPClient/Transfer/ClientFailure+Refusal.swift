extension ClientFailure {
    static func refused(_ message: String) -> ClientFailure {
        ClientFailure(kind: .refusedByPolicy, message: message, requestMayHaveArrived: false)
    }

    static func cancelled(mayHaveArrived: Bool) -> ClientFailure {
        ClientFailure(
            kind: .cancelled, message: "cancelled", requestMayHaveArrived: mayHaveArrived)
    }
}
