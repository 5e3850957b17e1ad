import Glibc
package import RelayCore

extension Log {
    /// The log of the process: text on a terminal, JSON otherwise, unless said.
    package static func standardError(
        level: LogLevel, format: LogFormat?, clock: any Clock
    ) -> Log {
        let chosen = format ?? (isatty(STDERR_FILENO) == 1 ? .text : .json)
        return Log(level: level, format: chosen, clock: clock) { bytes in
            var written = 0
            while written < bytes.count {
                let count = unsafe bytes[written...].withUnsafeBytes { rest in
                    unsafe Glibc.write(STDERR_FILENO, rest.baseAddress, rest.count)
                }
                if count < 0, errno == EINTR { continue }
                // Nobody reads the log any more; the work goes on.
                guard count > 0 else { return }
                written += count
            }
        }
    }
}
