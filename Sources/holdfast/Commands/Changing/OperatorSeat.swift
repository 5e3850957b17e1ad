import Dispatch
import Glibc
import RelayRuntime
import Synchronization

/// The person at the keyboard and his clock on the wall. The tests make their own.
struct OperatorSeat {
    /// `user@host`, for what is written down.
    var who = "unknown"
    /// A line that was typed; nil at the end of input.
    var readAnswer: () -> String? = { nil }
    /// Begins to watch for Ctrl-C, which from then on no longer ends the process; says whether it
    /// came.
    var watchForInterrupt: () -> (() -> Bool) = { { false } }
    var pause: (_ milliseconds: Int) -> Void = { _ in }

    static func process(variable: (String) -> String?) -> OperatorSeat {
        let names = ["SUDO_USER", "USER", "LOGNAME"].compactMap(variable)
        let name = names.first { !$0.isEmpty } ?? "unknown"
        return OperatorSeat(
            who: "\(name)@\(ProcessFacts.hostName)", readAnswer: { readLine() },
            watchForInterrupt: {
                let interrupt = Interrupt()
                return { interrupt.hasCome }
            },
            pause: { milliseconds in
                _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(milliseconds))
            })
    }

    /// Watches as long as somebody may still ask.
    private final class Interrupt {
        private let flag: Flag
        private let watch: SignalWatch

        init() {
            let flag = Flag()
            self.flag = flag
            watch = SignalWatch([SIGINT, SIGTERM], queue: .global()) { _ in
                flag.isRaised.store(true, ordering: .relaxed)
            }
        }

        var hasCome: Bool { withExtendedLifetime(watch) { flag.isRaised.load(ordering: .relaxed) } }
    }

    private final class Flag: Sendable {
        let isRaised = Atomic<Bool>(false)
    }
}
