import Dispatch
import Foundation
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
        // Who became root is of more use than root.
        let name = variable("SUDO_USER").flatMap { $0.isEmpty ? nil : $0 } ?? NSUserName()
        return OperatorSeat(
            who: "\(name)@\(ProcessFacts.hostName)", readAnswer: { readLine() },
            watchForInterrupt: {
                Interrupt.watch()
                return { Interrupt.hasCome }
            },
            pause: { milliseconds in
                _ = DispatchSemaphore(value: 0).wait(timeout: .now() + .milliseconds(milliseconds))
            })
    }

    /// A handler may do next to nothing: it raises a flag that the steps look at. (Sources of
    /// Dispatch hear signals only in a process whose first thread it owns.)
    private enum Interrupt {
        private static let flag = Atomic<Bool>(false)

        static func watch() {
            // Made here, so that the handler finds it made.
            flag.store(false, ordering: .relaxed)
            for number in [SIGINT, SIGTERM, SIGHUP] {
                _ = signal(number) { _ in Interrupt.flag.store(true, ordering: .relaxed) }
            }
        }

        static var hasCome: Bool { flag.load(ordering: .relaxed) }
    }
}
