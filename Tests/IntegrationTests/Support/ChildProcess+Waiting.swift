import Foundation
import RelayTesting

extension ChildProcess {
    /// The system's number of the call, which its headers give to C alone.
    #if arch(x86_64)
        private static let clockNanosleep = 230
    #else
        private static let clockNanosleep = 115
    #endif

    /// A thread of it is in `sleep`. In the relay nothing sleeps but Dispatch that was refused a
    /// thread, or a piece of memory of its own: it tries again every second.
    var isRefusedThread: Bool {
        let tasks = "/proc/\(identifier)/task"
        let threads = (try? FileManager.default.contentsOfDirectory(atPath: tasks)) ?? []
        return threads.contains { thread in
            // The number of the call comes first.
            let call = try? String(contentsOfFile: "\(tasks)/\(thread)/syscall", encoding: .utf8)
            return call?.hasPrefix("\(Self.clockNanosleep) ") == true
        }
    }
}
