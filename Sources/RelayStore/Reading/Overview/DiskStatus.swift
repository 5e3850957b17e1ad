package import RelayCore

/// What is left of the disk where the store lies, against what the relay keeps in reserve.
package struct DiskStatus: Sendable, Hashable {
    package let freeBytes: Int64
    package let reserveBytes: Int64

    /// New events are refused.
    package var isReserveReached: Bool { freeBytes < reserveBytes }

    package var json: JSONObject {
        var object = JSONObject()
        object.append("freeBytes", .integer(freeBytes))
        object.append("reserveBytes", .integer(reserveBytes))
        object.append("reserveReached", .bool(isReserveReached))
        return object
    }
}
