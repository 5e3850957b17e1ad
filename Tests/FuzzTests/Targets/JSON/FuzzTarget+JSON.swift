extension FuzzTarget {
    static let json: [FuzzTarget] = [
        jsonText, jsonSecondOpinion, lane, pointer, patch, json5, configuration, stamp,
    ]
}
