/// The arrows of the house: which target may import which of our modules. Data only; a new arrow is
/// a change of the design and belongs in ARCHITECTURE.md as well.
enum ImportTable {
    static let arrows: [String: Set<String>] = [
        "SQLite": ["CSQLite"],
        "HTTPServer": ["CMicroHTTPD"],
        "HTTPClient": ["CCurl"],
        "Signing": ["CCrypto"],
        "RelayCore": [],
        "Migrations": [],
        "Platform": ["RelayCore", "Signing"],
        "RelayStore": ["RelayCore", "SQLite", "Migrations", "Signing"],
        "RelayRuntime": ["RelayCore"],
        "RelayIntake": ["RelayCore", "RelayStore", "RelayRuntime", "HTTPServer", "Signing"],
        "RelayDelivery": [
            "RelayCore", "RelayStore", "RelayRuntime", "Platform", "HTTPClient", "Signing",
        ],
        "PlatformSimulator": ["RelayCore", "HTTPServer", "Signing"],
        "platform-simulator": ["PlatformSimulator", "RelayCore", "HTTPServer"],
        "RelayBench": ["CLoad", "RelayCore", "RelayDelivery", "HTTPServer", "HTTPClient"],
        "holdfast": [
            "RelayIntake", "RelayDelivery", "RelayRuntime", "RelayStore", "RelayCore", "Platform",
            "PlatformSimulator", "HTTPServer", "HTTPClient", "Signing", "Migrations",
            "RelayBench",
        ],
        // The faulty file system sits under SQLite, so RelayTesting sees the C side of it.
        "RelayTesting": swiftModules.union(["CSQLite", "CFaultyVFS"]),
    ]

    static let cModules: Set<String> = [
        "CSQLite", "CMicroHTTPD", "CCurl", "CCrypto", "CLoad", "CFaultyVFS",
    ]

    /// What tests may import: everything but C.
    static let swiftModules: Set<String> = [
        "SQLite", "HTTPServer", "HTTPClient", "Signing", "RelayCore", "Migrations", "Platform",
        "RelayStore", "RelayRuntime", "RelayIntake", "RelayDelivery", "PlatformSimulator",
        "holdfast", "RelayBench", "RelayTesting",
    ]

    /// What comes with the toolchain.
    static let toolchain: Set<String> = [
        "Swift", "Foundation", "FoundationEssentials", "Dispatch", "Synchronization", "Glibc",
        "Testing",
    ]

    /// Targets that compute and touch nothing outside themselves, and what they may use for it.
    static let pureTargets: Set<String> = ["RelayCore", "Platform"]
    static let toolchainForPureTargets: Set<String> = [
        "Swift", "FoundationEssentials", "Synchronization",
    ]

    static func allowed(_ file: SourceFile) -> Set<String>? {
        guard let target = file.target else { return nil }
        if file.isTest { return swiftModules.union(toolchain) }
        guard let ours = arrows[target] else { return nil }
        let isPure = pureTargets.contains(target)
        return ours.union(
            isPure ? toolchainForPureTargets : toolchain.subtracting(testsOnly(target)))
    }

    private static func testsOnly(_ target: String) -> Set<String> {
        target == "RelayTesting" ? [] : ["Testing"]
    }
}
