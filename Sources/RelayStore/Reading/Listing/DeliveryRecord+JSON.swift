package import RelayCore

extension DeliveryRecord {
    /// The field names of the command line and the admin API; what is absent is left out.
    package var json: JSONObject {
        var object = JSONObject()
        object.append("id", .string(id.description))
        object.append("source", .string(source))
        object.append("hook", .string(hook))
        object.append("destination", destination)
        object.append("state", state?.rawValue)
        if state != nil { object.append("attempts", .integer(attempts)) }
        object.append("receivedAt", .string(receivedAt.description))
        object.append("dueAt", dueAt)
        object.append("finishedAt", finishedAt)
        object.append("bytes", .integer(bytes))
        object.append("lane", lane)
        object.append("lastStatus", lastStatus)
        object.append("lastError", lastError)
        object.append("errorClass", errorClass)
        object.append("tracer", tracer)
        object.append("duplicateOf", duplicateOf?.description)
        return object
    }
}
