import Foundation
import Glibc
import Synchronization

/// Starts a program with the descriptors it is given as 0, 1, 2 and so on, with every signal at its
/// default.
enum Spawn {
    struct Failed: Error, CustomStringConvertible {
        let program: String
        let number: Int32

        var description: String { "\(program) cannot be started: error \(number)" }
    }

    /// Between a pipe's making and its mark against inheritance no program may start.
    private static let turn = Mutex(())

    /// A program that has left must not take the tests with it when they write to it.
    static let ignoresBrokenPipes: Bool = {
        _ = signal(SIGPIPE, SIG_IGN)
        return true
    }()

    /// The ends of a new pipe, which no program inherits unless it is given them.
    static func pipe() throws -> (read: Int32, write: Int32) {
        try turn.withLock { _ in
            precondition(ignoresBrokenPipes)
            var ends: [Int32] = [-1, -1]
            guard unsafe Glibc.pipe(&ends) == 0 else {
                throw Failed(program: "pipe", number: errno)
            }
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            return (ends[0], ends[1])
        }
    }

    static func start(
        _ program: String, _ arguments: [String], environment: [String: String],
        descriptors: [Int32]
    ) throws -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        for (target, descriptor) in descriptors.enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor, Int32(target))
        }
        var attributes = posix_spawnattr_t()
        unsafe posix_spawnattr_init(&attributes)
        defer { unsafe posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        unsafe sigfillset(&signals)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe posix_spawnattr_setflags(
            &attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK))
        let variables = merged(environment).map { "\($0.key)=\($0.value)" }
        return try unsafe withCStrings([program] + arguments) { argv in
            try unsafe withCStrings(variables) { envp in
                var identifier: pid_t = 0
                let result = turn.withLock { _ in
                    unsafe posix_spawn(&identifier, program, &actions, &attributes, argv, envp)
                }
                guard result == 0 else { throw Failed(program: program, number: result) }
                return identifier
            }
        }
    }

    /// The surroundings of the tests without what would speak to a relay.
    private static func merged(_ own: [String: String]) -> [String: String] {
        let inherited = ProcessInfo.processInfo.environment.filter { name, _ in
            !name.hasPrefix("HOLDFAST_") && !name.hasPrefix("LISTEN_") && name != "NOTIFY_SOCKET"
        }
        return inherited.merging(own) { _, new in new }
    }

    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) throws -> Result
    ) throws -> Result {
        var pointers = unsafe texts.map { unsafe strdup($0) }
        unsafe pointers.append(nil)
        defer { unsafe pointers.forEach { unsafe free($0) } }
        return try unsafe pointers.withUnsafeMutableBufferPointer { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("never empty") }
            return try unsafe body(base)
        }
    }
}
