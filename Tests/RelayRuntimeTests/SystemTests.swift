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

    @Test func `threads that can be had are had, and given back`() {
        for _ in 0..<50 { #expect(ProcessFacts.canHaveThreads(24)) }
    }

    @Test func `a signal is seen on the queue`() {
        let seen = Mailbox<Int32>()
        let queue = DispatchQueue(label: "test.signals")
        let watch = SignalWatch([SIGUSR1], queue: queue) { seen.put($0) }
        kill(getpid(), SIGUSR1)
        #expect(seen.take() == SIGUSR1)
        withExtendedLifetime(watch) {}
    }
}
