import CMicroHTTPD

/// An accepted connection on its way to its event loop, which will own the descriptor.
struct Newcomer {
    let descriptor: Int32
    let address: sockaddr_storage
    let key: AddressKey?
}
