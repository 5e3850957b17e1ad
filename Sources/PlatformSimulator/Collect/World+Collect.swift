import HTTPServer
import RelayCore

/// `POST /collection/{inletId}` and `POST /collection/batch/{inletId}`.
extension World {
    mutating func collect(
        _ submission: Submission, script: FaultAction?, at now: Timestamp
    ) -> Reply {
        guard submission.head.method == "POST" else { return .empty(405) }
        do throws(Refusal) {
            let (inlet, isAuthenticated) = try admit(submission, at: now)
            switch submission.content {
            case .unreadable(let reason):
                throw .format(inlet, reason)
            case .messages(let messages):
                let visit = Visit(
                    submission: submission, inlet: inlet, isAuthenticated: isAuthenticated,
                    now: now)
                return submission.isBatch
                    ? collectBatch(messages, visit, script: script)
                    : try collectSingle(messages[0], visit)
            }
        } catch {
            return error.reply
        }
    }

    private mutating func collectSingle(
        _ message: Message, _ visit: Visit
    ) throws(Refusal) -> Reply {
        let xactionID = nextTracer(at: visit.now)
        let arrival = try read(message, visit)
        let validates = visit.submission.wantsValidation
        if validates { try validateNow(arrival, visit) }
        take(arrival, visit, xactionID: xactionID)
        let flow = arrival.flow.map { ",\"flowId\":\"\($0.id)\"" } ?? ""
        let validation = validates ? "{\"status\":\"pass\"}" : "{\"skipped\":true}"
        return .json(
            200,
            text: "{\"inletId\":\"\(visit.inlet.id)\",\"xactionId\":\"\(xactionID)\"\(flow),"
                + "\"receivedTimeMs\":\(visit.now.milliseconds),\"syncValidation\":\(validation)}")
    }

    private mutating func collectBatch(
        _ messages: [Message], _ visit: Visit, script: FaultAction?
    ) -> Reply {
        let batchID = nextTracer(at: visit.now)
        var answer = BatchAnswer(
            batchID: batchID, dialect: script?.dialect ?? settings.dialect,
            connectorID: ids.uuid())
        var seen = 0
        for (index, message) in messages.enumerated() {
            if let fault = script?.elements, fault.hits(message.body, seen: &seen) {
                counters.refusedElements += 1
                answer.refuse(Refusal(fault.status, "Scripted", fault.message), index: index)
                continue
            }
            do throws(Refusal) {
                let arrival = try read(message, visit)
                take(arrival, visit, xactionID: answer.tracer(of: index))
                answer.accept(index: index)
            } catch {
                counters.refusedElements += 1
                answer.refuse(error, index: index)
            }
        }
        answer.skew(by: script?.responseCountSkew ?? settings.responseCountSkew)
        return answer.reply(inletID: visit.inlet.id, receivedAt: visit.now)
    }

    /// As Adobe writes them: milliseconds, four digits, a number.
    private mutating func nextTracer(at now: Timestamp) -> String {
        tracers += 1
        return "\(now.milliseconds):\(1000 + tracers % 9000):\(tracers)"
    }
}
