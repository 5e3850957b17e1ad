import Dispatch
import Glibc
import RelayCore
import RelayRuntime
import RelayTesting
import Testing

@Suite struct SystemTests {
    @Test func `the monotonic clock never goes back and the wall clock is after 2025`() {
        let clock = SystemClock()
        var last = clock.monotonicNanoseconds
        for _ in 0..<1000 {
            let next = clock.monotonicNanoseconds
            #expect(next >= last)
            last = next
        }
        #expect(clock.now > Timestamp(milliseconds: 1_735_689_600_000))
    }

    @Test func `a signal is seen on the queue`() {
        let seen = Mailbox<Int32>()
        let queue = DispatchQueue(label: "test.signals")
        let watch = SignalWatch([SIGUSR1], queue: queue) { seen.put($0) }
        kill(getpid(), SIGUSR1)
        #expect(seen.take() == SIGUSR1)
        withExtendedLifetime(watch) {}
    }

    @Test func `without systemd there is nothing to inherit and nobody to notify`() {
        #expect(Systemd.inheritedSockets(environment: [:]).isEmpty)
        #expect(
            Systemd.inheritedSockets(environment: ["LISTEN_PID": "1", "LISTEN_FDS": "1"]).isEmpty)
        #expect(!Systemd.notify("READY=1", environment: [:]))
        #expect(!Systemd.notify("READY=1", environment: ["NOTIFY_SOCKET": "relative"]))
    }

    @Test func `a state reaches the notify socket`() throws {
        let folder = try TemporaryFolder()
        let path = folder.file("notify")
        let server = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue), 0)
        defer { close(server) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        unsafe withUnsafeMutableBytes(of: &address.sun_path) {
            unsafe $0.copyBytes(from: Array(path.utf8))
        }
        let bound = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe bind(server, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        #expect(Systemd.notify("READY=1", environment: ["NOTIFY_SOCKET": path]))
        var bytes = [UInt8](repeating: 0, count: 64)
        let count = unsafe recv(server, &bytes, bytes.count, 0)
        #expect(String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) == "READY=1")
    }
}
