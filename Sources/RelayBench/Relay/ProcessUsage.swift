import Foundation

/// What the kernel has counted of a process so far.
struct ProcessUsage {
    let cpuSeconds: Double
    let writtenBytes: Int
    let residentPeakBytes: Int

    init(of process: Int32) {
        let folder = "/proc/\(process)"
        // Fields 14 and 15 of stat, counted behind the name, which may hold blanks itself.
        let stat = ProcessUsage.text(folder + "/stat")
        let fields = stat.drop { $0 != ")" }.split(separator: " ")
        let ticks = fields.count > 13 ? (Int(fields[12]) ?? 0) + (Int(fields[13]) ?? 0) : 0
        // Linux has shown user space 100 ticks a second on every architecture for decades.
        cpuSeconds = Double(ticks) / 100
        writtenBytes = ProcessUsage.number("write_bytes", in: folder + "/io")
        residentPeakBytes = ProcessUsage.number("VmHWM", in: folder + "/status") * 1024
    }

    private static func number(_ name: String, in file: String) -> Int {
        for line in text(file).split(separator: "\n") where line.hasPrefix(name + ":") {
            return line.split(whereSeparator: { !$0.isNumber }).first.flatMap { Int($0) } ?? 0
        }
        return 0
    }

    private static func text(_ file: String) -> String {
        (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    }
}
