import RelayCore

/// What is there from the start, as if somebody had provisioned it long ago.
extension World {
    mutating func provisionBuiltIn() {
        provisioned.dataSets[BuiltIn.dataSetID] = JSONObject([
            .init(key: "name", value: "Built-in data set"),
            .init(key: "imsOrg", value: .string(BuiltIn.organisation)),
            .init(key: "tags", value: ["unifiedProfile": ["enabled:true"]]),
        ])
    }
}
