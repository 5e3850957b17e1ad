/// What counts as one client for the limit per address: an IPv4 address, or the /64 of an IPv6
/// address, since a single host commonly owns a whole /64.
struct AddressKey: Hashable, Sendable {
    let isV4: Bool
    let bits: UInt64
}
