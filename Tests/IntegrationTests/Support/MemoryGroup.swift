import Foundation
import Glibc
import RelayTesting

/// A group of processes with a limit on its memory (cgroup v2), below the group of the tests.
final class MemoryGroup {
    static let isPossible = MemoryGroup(limitBytes: 1 << 26) != nil

    private let path: String

    init?(limitBytes: Int) {
        guard let own = MemoryGroup.own else { return nil }
        // The controller must be handed down before a group below can have a limit.
        try? "+memory".write(
            toFile: own + "/cgroup.subtree_control", atomically: false, encoding: .utf8)
        path = own + "/holdfast-memory-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: false)
        } catch { return nil }
        do {
            try "\(limitBytes)".write(
                toFile: path + "/memory.max", atomically: false, encoding: .utf8)
        } catch {
            unsafe rmdir(path)
            return nil
        }
        // Where there is no swap there is no such file.
        try? "0".write(toFile: path + "/memory.swap.max", atomically: false, encoding: .utf8)
    }

    deinit { unsafe rmdir(path) }

    /// To be put in front of a command, which then is the group's first process.
    var enter: [String] {
        ["/bin/sh", "-c", "echo $$ >'\(path)/cgroup.procs' && exec \"$0\" \"$@\""]
    }

    private static var own: String? {
        func text(_ path: String) -> String {
            (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
        }
        let mounts = text("/proc/self/mounts").split(separator: "\n")
        let words = mounts.map { $0.split(separator: " ") }.first {
            $0.count > 2 && $0[2] == "cgroup2"
        }
        let groups = text("/proc/self/cgroup").split(separator: "\n")
        guard let mount = words?[1], let place = groups.first(where: { $0.hasPrefix("0::") })
        else { return nil }
        let own = String(mount + place.dropFirst(3))
        return text(own + "/cgroup.controllers").contains("memory") ? own : nil
    }
}
