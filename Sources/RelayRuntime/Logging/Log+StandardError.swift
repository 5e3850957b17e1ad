import Glibc
package import RelayCore

extension Log {
    /// The log of the process: text on a terminal, JSON otherwise, unless said. Never waits for
    /// whoever reads it.
    package static func standardError(
        level: LogLevel, format: LogFormat?, clock: any Clock
    ) -> Log {
        let chosen = format ?? (isatty(STDERR_FILENO) == 1 ? .text : .json)
        let output = LogOutput(
            descriptor: STDERR_FILENO, limitBytes: Limits.logBytesWaiting
        ) { lostLines in
            Log.bytes(
                chosen, clock.now, .warning, "lines of the log are missing: nobody read it",
                ["lines": .number(lostLines)])
        }
        return Log(level: level, format: chosen, clock: clock) { output.write($0) }
    }
}
