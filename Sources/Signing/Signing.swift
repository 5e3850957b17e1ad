// Signing: everything the relay needs from libcrypto, and the text forms its results travel in.
//
// For: SHA-256 of bodies (the hot path: every accepted event), HMAC codes of webhook senders and
// receivers, ed25519 signatures, secure random bytes, comparison of secrets without a timing
// signal, and hexadecimal and base64 in both directions.
//
// Promises: every function may be called from any thread at once. Algorithms are fetched from
// libcrypto one time; a digest allocates nothing in libcrypto after a thread's first call.
// Malformed input (a key of the wrong length, text that is no base64) is a `nil`, never a crash.
// A `Secret` does not show itself in descriptions, dumps or interpolations.
//
// Must never: implement a cipher or hash by hand, show a C type to its callers, log, or compare
// secret bytes with `==`.
//
// Fails: what libcrypto cannot refuse for a well-formed call (no memory, no entropy, a build
// without SHA-256) stops the process through `Libcrypto.require`. Going on with an unsigned
// message or a predictable token would be worse than not running.
