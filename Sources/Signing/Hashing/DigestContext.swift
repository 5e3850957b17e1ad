internal import CCrypto
internal import Glibc

/// One SHA-256 computation in libcrypto. Not for sharing between threads.
///
/// `begin` on a used context keeps libcrypto's inner state allocated, which is why one-shot digests
/// borrow the context of their thread instead of making one each time.
@safe
final class DigestContext {
    /// Owned: made in `init`, freed in `deinit`.
    private let context: OpaquePointer

    init() {
        unsafe context = Libcrypto.require(EVP_MD_CTX_new(), "EVP_MD_CTX_new")
    }

    deinit {
        unsafe EVP_MD_CTX_free(context)
    }

    func begin() {
        let status = unsafe EVP_DigestInit_ex2(context, DigestAlgorithm.sha256.pointer, nil)
        Libcrypto.require(status, "EVP_DigestInit_ex2")
    }

    func update(_ bytes: UnsafeRawBufferPointer) {
        guard let start = bytes.baseAddress else { return }
        let status = unsafe EVP_DigestUpdate(context, start, bytes.count)
        Libcrypto.require(status, "EVP_DigestUpdate")
    }

    func finish() -> SHA256Digest {
        unsafe SHA256Digest { buffer in
            let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            Libcrypto.require(unsafe EVP_DigestFinal_ex(context, start, nil), "EVP_DigestFinal_ex")
        }
    }
}

extension DigestContext {
    /// The slot holds one retain, given back when its thread ends.
    private static let slot: pthread_key_t = {
        var key = pthread_key_t()
        let status = unsafe pthread_key_create(&key) { held in
            guard let held = unsafe held else { return }
            unsafe Unmanaged<DigestContext>.fromOpaque(held).release()
        }
        precondition(status == 0, "no thread-specific slot left")
        return key
    }()

    /// The caller must be done with it before it returns: no suspension between begin and finish.
    static var ofThisThread: DigestContext {
        if let held = unsafe pthread_getspecific(slot) {
            return unsafe Unmanaged<DigestContext>.fromOpaque(held).takeUnretainedValue()
        }
        let made = DigestContext()
        let held = unsafe Unmanaged.passRetained(made).toOpaque()
        precondition(unsafe pthread_setspecific(slot, held) == 0, "no memory for a thread's slot")
        return made
    }
}
