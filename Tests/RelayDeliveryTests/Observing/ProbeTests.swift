import Dispatch
import RelayCore
import RelayDelivery
import RelayTesting
import Testing

@Suite struct ProbeTests {
    @Test func `the scheduler answers a probe while its queue moves, also when it has stopped`()
        throws
    {
        let delivery = try TestDelivery()
        let answers = Mailbox<Int>()
        try delivery.start()
        let gate = DispatchSemaphore(value: 0)
        delivery.scheduler.queue.async { gate.wait() }
        delivery.scheduler.probe { answers.put(1) }
        #expect(answers.count == 0)
        gate.signal()
        #expect(answers.take() == 1)
        let stopped = Mailbox<Bool>()
        delivery.scheduler.stop { stopped.put(true) }
        _ = stopped.take()
        delivery.scheduler.probe { answers.put(2) }
        #expect(answers.take() == 2)
    }
}
