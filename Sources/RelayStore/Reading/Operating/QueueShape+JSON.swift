package import RelayCore

extension QueueShape {
    /// Of the columns, in their order.
    package static var ageNames: [String] { ages.map(\.description) + ["older"] }
}

extension QueueShape.Row {
    /// - Parameter by: what the rows are told apart by.
    package func json(_ by: QueueShape.Key) -> JSONObject {
        var object = JSONObject()
        object.append(by.rawValue, .string(key))
        object.append("total", .integer(total))
        let ages = zip(QueueShape.ageNames, counts).map {
            JSONObject.Member(key: $0, value: .integer($1))
        }
        object.append("ages", .object(JSONObject(ages)))
        return object
    }
}
