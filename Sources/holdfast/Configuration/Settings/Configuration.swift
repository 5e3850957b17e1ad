internal import RelayCore

/// Everything an operator can set, checked and frozen. Parts of the relay get their own part.
struct Configuration: Sendable, Equatable {
    let dataDirectory: String
    let intake: IntakeSettings
    /// Nil: no admin listener.
    let admin: AdminSettings?
    let storage: StorageSettings
    /// In the order of the file, as are the destinations.
    let sources: [SourceSettings]
    let destinations: [DestinationSettings]
    let log: LogSettings

    init(_ reader: ObjectReader) {
        dataDirectory = reader.required("dataDirectory", .text)
        intake = reader.value("intake", .object(IntakeSettings.init), default: [:])
        admin = reader.optional("admin", .object(AdminSettings.init))
        storage = reader.value("storage", .object(StorageSettings.init), default: [:])
        sources = reader.required(
            "sources",
            .named(atLeast: 1) { name in .object { SourceSettings(name: name, $0) } })
        destinations = reader.required(
            "destinations",
            .named(atLeast: 1) { name in .object { DestinationSettings(name: name, $0) } })
        log = reader.value("log", .object(LogSettings.init), default: [:])
        refuseSharedInlets(reader)
    }

    /// `POST /collection/{inletId}` can lead to one source only.
    private func refuseSharedInlets(_ reader: ObjectReader) {
        var owners: [String: String] = [:]
        for source in sources {
            guard case .platformInlet(let inlet) = source.kind, !inlet.inletId.isEmpty else {
                continue
            }
            if let owner = owners[inlet.inletId] {
                reader.place("sources").key(source.name).key("inletId")
                    .report("source \(owner) has the same")
            }
            owners[inlet.inletId] = source.name
        }
    }
}
