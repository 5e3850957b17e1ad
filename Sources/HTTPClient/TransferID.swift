/// Names one `send` on one worker; only that worker can cancel it.
package struct TransferID: Sendable, Hashable {
    let number: UInt64
}
