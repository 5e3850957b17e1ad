import Dispatch
import Glibc
import RelayTesting
import Testing

/// What the address sanitizer sees of memory that is touched where it must not be.
@Suite(.enabled(if: Sanitizer.address.isLinkedIn)) struct MemoryTests {
    /// How the sanitizer ends a process at its first finding.
    private static let reported = ExitTest.Condition.exitCode(1)

    private func expectFinding(_ result: ExitTest.Result?, _ words: String) {
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains(words), "\(said)")
    }

    @Test func `reading what has been freed is reported`() async {
        let result = await #expect(
            processExitsWith: Self.reported, observing: [\.standardErrorContent]
        ) {
            Sanitizer.reportsHere()
            let memory = UnsafeMutablePointer<Int>.allocate(capacity: 4)
            unsafe memory.initialize(repeating: 1, count: 4)
            unsafe memory.deallocate()
            precondition(unsafe memory[1] > 0)
        }
        expectFinding(result, "heap-use-after-free")
    }

    @Test func `reading past the end is reported`() async {
        let result = await #expect(
            processExitsWith: Self.reported, observing: [\.standardErrorContent]
        ) {
            Sanitizer.reportsHere()
            let memory = UnsafeMutablePointer<Int>.allocate(capacity: 4)
            unsafe memory.initialize(repeating: 1, count: 4)
            precondition(unsafe memory[4] >= 0)
        }
        expectFinding(result, "heap-buffer-overflow")
    }
}

/// What the leak sanitizer, which comes with the other one, says when a process has ended.
@Suite(.enabled(if: Sanitizer.leaks.isLinkedIn)) struct LeakTests {
    private final class Forgotten: Sendable {
        let number = 7
    }

    @Test func `what nobody holds any more is reported`() async {
        let result = await #expect(
            processExitsWith: .failure, observing: [\.standardErrorContent]
        ) {
            Sanitizer.reportsHere()
            // Many, on a stack that is gone then: an address that lies about by chance counts.
            let ended = DispatchSemaphore(value: 0)
            startThread {
                for _ in 0..<64 { _ = unsafe Unmanaged.passRetained(Forgotten()) }
                ended.signal()
            }
            ended.wait()
            exit(Sanitizer.findsLeaks() ? EXIT_FAILURE : EXIT_SUCCESS)
        }
        let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
        #expect(said.contains("Forgotten"), "\(said)")
    }
}
