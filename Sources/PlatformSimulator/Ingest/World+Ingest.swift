import RelayCore

/// What happens after the answer: warm-up, mapping, validation, lake and Profile. In Platform it
/// takes minutes; here it is done by the time the answer leaves.
extension World {
    mutating func take(_ arrival: Arrival, _ visit: Visit, xactionID: String) {
        counters.accepted += 1
        counters.acceptedBytes += arrival.message.body.count
        let outcome = ingest(arrival, at: visit.now)
        let messageID = outcome.entity?["_id"]?.string ?? arrival.message.stampedID
        let isInProfile =
            outcome.fate == .lake && enterProfile(arrival, messageID: messageID)
        count(outcome.fate)
        landed.append(
            LandedRecord(
                sequence: landed.takeSequence(), receivedAt: visit.now,
                inletID: visit.inlet.id, flowID: arrival.flow?.id ?? visit.submission.flowID,
                xactionID: xactionID, messageID: messageID, bytes: arrival.message.body.count,
                sha256: arrival.message.sha256, fate: outcome.fate, isInProfile: isInProfile,
                isAuthenticated: visit.isAuthenticated, isBatched: visit.submission.isBatch,
                entity: arrival.flow?.mapping == nil ? nil : outcome.entity,
                body: arrival.message.body),
            settings: settings)
    }

    private mutating func ingest(
        _ arrival: Arrival, at now: Timestamp
    ) -> (fate: Fate, entity: JSONValue?) {
        guard let flow = arrival.flow else { return (.unrouted, nil) }
        guard flow.isWarm(at: now, enableDelayMs: settings.enableDelayMs) else {
            return (.lost, nil)
        }
        let bytes = arrival.message.body.count
        do throws(IngestFailure) {
            let entity = try entity(of: arrival, flow, at: now)
            if let entity { try validate(entity, flow, isXDM: arrival.envelope != nil) }
            runs.record(flow.id, bytes: bytes, failure: nil, at: now)
            return (.lake, entity)
        } catch {
            let batchID = failures.add(
                arrival.message.body, error, dataSetID: flow.dataSetID, at: now,
                limit: settings.keptFailures, ids: &ids)
            runs.record(flow.id, bytes: bytes, failure: (error, batchID), at: now)
            return (.failed, nil)
        }
    }

    /// Nil when the row goes to the lake as it is and nobody needs to look at it.
    private mutating func entity(
        of arrival: Arrival, _ flow: Flow, at now: Timestamp
    ) throws(IngestFailure) -> JSONValue? {
        if let envelope = arrival.envelope {
            if let source = envelope["header"]?["source"], source["name"]?.string == nil {
                throw IngestFailure("Payload header is missing Source Name")
            }
            guard let entity = envelope["body"]?["xdmEntity"], entity.object != nil else {
                throw IngestFailure("Payload body is missing xdmEntity")
            }
            return entity
        }
        guard let mapping = flow.mapping else { return nil }
        guard let source = try? JSONValue.parse(arrival.message.body) else {
            throw IngestFailure("Payload is not JSON")
        }
        return try mapping.apply(
            to: source, missing: settings.missingAttribute, now: now, ids: &ids)
    }

    private func validate(
        _ entity: JSONValue, _ flow: Flow, isXDM: Bool
    ) throws(IngestFailure) {
        let violations =
            (flow.schema ?? (isXDM ? Schema.unregistered : nil))?.violations(in: entity) ?? []
        if !violations.isEmpty { throw IngestFailure(violations) }
    }

    /// `syncValidation=true`: what would be found later is found now, and the record is dropped.
    func validateNow(_ arrival: Arrival, _ visit: Visit) throws(Refusal) {
        guard let flow = arrival.flow else { return }
        var copy = self
        do throws(IngestFailure) {
            let entity = try copy.entity(of: arrival, flow, at: visit.now)
            if let entity { try validate(entity, flow, isXDM: arrival.envelope != nil) }
        } catch {
            throw .format(visit.inlet, "Message is invalid", cause: error.cause)
        }
    }

    private mutating func enterProfile(_ arrival: Arrival, messageID: String?) -> Bool {
        guard arrival.flow?.feedsProfile == true else { return false }
        guard arrival.message.body.count <= settings.profileLimitBytes else {
            counters.overProfileLimit += 1
            return false
        }
        if let messageID, !profile.insert(messageID, limit: settings.keptProfileIDs) {
            counters.duplicates += 1
            return false
        }
        counters.profile += 1
        return true
    }

    private mutating func count(_ fate: Fate) {
        switch fate {
        case .lake: counters.lake += 1
        case .lost: counters.lost += 1
        case .unrouted: counters.unrouted += 1
        case .failed: counters.failed += 1
        }
    }
}
