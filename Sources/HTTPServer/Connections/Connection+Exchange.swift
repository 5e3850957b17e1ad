import CMicroHTTPD
import Synchronization

/// Handing a request to the handler and taking its answer back, from whatever thread.
///
/// Lock order: the slot's lock, then the inbox's. The loop is told inside the slot's lock: once
/// the slot says "answered" the inbox holds the connection, so stopping the loop is safe.
extension Connection {
    func handOver(
        _ head: RequestHead, context: (any AnyObject & Sendable)?
    ) -> MHD_Result {
        guard advance(to: .handling) else { return .NO }
        let request = ServerRequest(head: head, body: body, context: context)
        body = []
        progress = .handedOver
        atomicMemoryFence(ordering: .sequentiallyConsistent)
        if loop.isRefusing.load(ordering: .relaxed) { return give(.response(.stopping)) }
        let generation = slot.withLock { slot in
            slot.step = .handling
            return slot.generation
        }
        loop.handler.respond(
            to: request, exchange: Exchange(connection: self, generation: generation))
        // Only now: from here on whoever took it counts it.
        letGoOfBody()
        if let answer = answerOrSuspend() { return give(answer) }
        return .YES
    }

    /// The answer that came while the handler ran, or nil after putting the connection aside.
    private func answerOrSuspend() -> AnswerSlot.Answer? {
        slot.withLock { slot in
            if case .answered(let answer) = slot.step {
                slot.step = .vacant
                return answer
            }
            // Checked under the lock: `abandon` visits every slot after raising the flag.
            if loop.isTerminating.load(ordering: .acquiring) {
                slot.step = .vacant
                slot.generation &+= 1
                return slot.isRaw ? .close(isReset: false) : .response(.stopping)
            }
            slot.step = .suspended
            unsafe MHD_suspend_connection(handle)
            return nil
        }
    }

    /// Any thread. The first answer of a generation counts.
    func accept(_ response: ServerResponse, generation: UInt64) {
        slot.withLock { slot in
            guard slot.generation == generation else { return }
            answer(.response(response), in: &slot)
        }
    }

    /// Any thread. Answers in the handler's stead when the server must stop.
    func abandon() {
        slot.withLock { slot in
            guard case .suspended = slot.step else { return }
            answer(.response(.stopping), in: &slot)
        }
    }

    func answer(_ answer: AnswerSlot.Answer, in slot: inout AnswerSlot) {
        var answer = answer
        if slot.isRaw, case .response = answer { answer = .close(isReset: false) }
        switch slot.step {
        case .handling:
            slot.step = .answered(answer)
        case .suspended:
            slot.step = .answered(answer)
            loop.resume(self)
        case .vacant, .answered:
            return
        }
    }

    /// After a resume: fetches the answer.
    func takeAnswer() -> AnswerSlot.Answer? {
        slot.withLock { slot in
            guard case .answered(let answer) = slot.step else { return nil }
            slot.step = .vacant
            slot.generation &+= 1
            return answer
        }
    }
}
