import RelayCore

/// The specifications a streaming set-up needs. Their ids are the same in every organisation.
enum SpecificationIDs {
    static let httpAPIConnection = "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb"
    static let chatlioConnection = "073127a3-26e3-496c-9d94-9f48fb93fba8"
    static let dataLakeTarget = "c604ff05-7f1a-43c0-8e18-33bf874cb11c"
    static let streamingFlow = "e77fde5a-22a8-11ed-861d-0242ac120002"
    static let mappedFlow = "c1a19761-d2c7-4702-b9fa-fe91f0613e81"
    static let plainFlow = "d8a6f005-7eaf-4153-983e-e8574508b877"

    static let flows: Set<String> = [streamingFlow, mappedFlow, plainFlow]

    /// Clients look ids up by these names, `datalake` above all.
    static let connectionList: [JSONValue] = [
        ["id": .string(httpAPIConnection), "name": "Streaming Connection", "version": "1.0"],
        ["id": .string(chatlioConnection), "name": "Chatlio", "version": "1.0"],
        ["id": .string(dataLakeTarget), "name": "datalake", "version": "1.0"],
    ]

    static let flowList: [JSONValue] = [
        flow(streamingFlow, "Generic streaming", from: chatlioConnection),
        flow(mappedFlow, "Stream data with transformation", from: httpAPIConnection),
        flow(plainFlow, "Stream data without transformation", from: httpAPIConnection),
    ]

    private static func flow(_ id: String, _ name: JSONValue, from source: String) -> JSONValue {
        [
            "id": .string(id), "name": name, "version": "1.0",
            "sourceConnectionSpecIds": [.string(source)],
            "targetConnectionSpecIds": [.string(dataLakeTarget)],
        ]
    }
}
