// SanitizerTests: what `make race` and `make sanitize` can see, tried on mistakes that are planted.
//
// For: a door that is green because it is blind would be worse than none. Each mistake is made in a
// process of its own and must end that process with the sanitizer's report; what is right must
// end it without.
//
// Never: run where the sanitizer is not linked in, that is in `make test`.
import Glibc

enum Sanitizer: String, Sendable {
    case thread = "__tsan_init"
    case address = "__asan_init"
    case leaks = "__lsan_do_recoverable_leak_check"

    var isLinkedIn: Bool { unsafe dlsym(nil, rawValue) != nil }

    /// The door looks for reports in files; one that was asked for comes to standard error instead.
    static func reportsHere() {
        typealias SetPath = @convention(c) (UnsafePointer<CChar>) -> Void
        guard let symbol = unsafe dlsym(nil, "__sanitizer_set_report_path") else { return }
        unsafe unsafeBitCast(symbol, to: SetPath.self)("stderr")
    }

    /// Looks for leaks at once, as is done at the end of each process, and reports them.
    static func findsLeaks() -> Bool {
        guard let symbol = unsafe dlsym(nil, leaks.rawValue) else { return false }
        return unsafe unsafeBitCast(symbol, to: (@convention(c) () -> Int32).self)() != 0
    }
}
