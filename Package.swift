// swift-tools-version: 6.2
//
// The house of ARCHITECTURE.md as targets. Arrows point one way; Tests/TidyTests holds the same
// table over the `import` lines, because the package manager alone lets undeclared imports through.

import PackageDescription

/// What every Swift target shares: strict concurrency, strict memory safety, no warnings.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
]

/// A C library from Debian, seen through a module map.
func library(_ name: String, pkgConfig: String, package: String) -> Target {
    .systemLibrary(name: name, pkgConfig: pkgConfig, providers: [.apt([package])])
}

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

func program(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// Everything the executable is put together from.
let holdfast: [Target.Dependency] = [
    "RelayIntake", "RelayDelivery", "RelayRuntime", "RelayStore", "RelayCore", "Platform",
    "PlatformSimulator", "HTTPServer", "HTTPClient", "Signing", "RelayBench", "CSanitizers",
]

/// Set by `make fuzz`: the fuzz targets become a program with libFuzzer's entry instead of tests.
let isFuzzing = Context.environment["HOLDFAST_FUZZ"] != nil

/// What the fuzz targets look into.
let fuzzed: [Target.Dependency] = [
    "holdfast", "RelayIntake", "RelayDelivery", "RelayStore", "RelayRuntime", "RelayCore",
    "Platform", "HTTPServer", "HTTPClient", "Signing", "RelayTesting",
]

/// In tests the corpus is replayed. Under libFuzzer, whose driver needs the `main` for itself,
/// `holdfast` is a library with its entry renamed.
let fuzzing: [Target] =
    isFuzzing
    ? [
        .target(
            name: "holdfast", dependencies: holdfast,
            swiftSettings: strict + [
                .unsafeFlags([
                    "-Xfrontend", "-entry-point-function-name", "-Xfrontend", "holdfast_main",
                ])
            ]),
        .executableTarget(
            name: "FuzzTests", dependencies: fuzzed, path: "Tests/FuzzTests",
            exclude: ["Corpus", "Replaying"], swiftSettings: strict),
    ]
    : [
        program("holdfast", holdfast),
        .testTarget(
            name: "FuzzTests", dependencies: fuzzed, exclude: ["Corpus", "Driver"],
            swiftSettings: strict),
    ]

let package = Package(
    name: "holdfast",
    // Preloaded into the relay by tests that set its wall clock.
    products: [.library(name: "wallclock", type: .dynamic, targets: ["CWallClock"])],
    targets: fuzzing + [
        library("CSQLite", pkgConfig: "sqlite3", package: "libsqlite3-dev"),
        library("CCurl", pkgConfig: "libcurl", package: "libcurl4-openssl-dev"),
        library("CMicroHTTPD", pkgConfig: "libmicrohttpd", package: "libmicrohttpd-dev"),
        library("CCrypto", pkgConfig: "libcrypto", package: "libssl-dev"),
        .target(name: "CLoad"),
        .target(name: "CFaultyVFS", dependencies: ["CSQLite"]),
        .target(name: "CWallClock"),
        // Imported by nothing; linked into every program, where it is empty without a sanitizer.
        .target(name: "CSanitizers"),
        .executableTarget(name: "witness"),

        module("SQLite", ["CSQLite"]),
        module("HTTPServer", ["CMicroHTTPD"]),
        module("HTTPClient", ["CCurl"]),
        module("Signing", ["CCrypto"]),

        module("RelayCore"),
        module("Platform", ["RelayCore", "Signing"]),
        .target(
            name: "Migrations", path: "Migrations", resources: [.embedInCode("sqlite")],
            swiftSettings: strict),
        module("RelayStore", ["RelayCore", "SQLite", "Migrations", "Signing"]),
        module("RelayRuntime", ["RelayCore"]),
        module(
            "RelayIntake", ["RelayCore", "RelayStore", "RelayRuntime", "HTTPServer", "Signing"]),
        module(
            "RelayDelivery",
            [
                "RelayCore", "RelayStore", "RelayRuntime", "Platform", "HTTPClient", "Signing",
            ]),
        module("RelayBench", ["CLoad", "RelayCore", "RelayDelivery", "HTTPServer", "HTTPClient"]),
        module("PlatformSimulator", ["RelayCore", "HTTPServer", "Signing"]),

        program(
            "platform-simulator",
            ["PlatformSimulator", "RelayCore", "HTTPServer", "CSanitizers"]),

        module(
            "RelayTesting",
            [
                "CFaultyVFS", "CSanitizers", "RelayCore", "RelayStore", "RelayRuntime",
                "RelayDelivery", "HTTPClient", "SQLite", "Signing",
            ]),

        tests("SQLiteTests", ["SQLite", "RelayTesting"]),
        tests("HTTPServerTests", ["HTTPServer", "RelayTesting"]),
        tests("HTTPClientTests", ["HTTPClient", "HTTPServer", "RelayTesting"]),
        tests("SigningTests", ["Signing", "RelayTesting"]),
        tests("RelayCoreTests", ["RelayCore", "RelayTesting"]),
        tests("PlatformTests", ["Platform", "RelayCore", "Signing", "RelayTesting"]),
        tests(
            "RelayStoreTests",
            ["RelayStore", "RelayCore", "SQLite", "Signing", "Migrations", "RelayTesting"]),
        tests("RelayIntakeTests", ["RelayIntake", "RelayTesting"]),
        tests(
            "RelayDeliveryTests",
            ["RelayDelivery", "HTTPClient", "Platform", "Signing", "SQLite", "RelayTesting"]),
        tests("RelayRuntimeTests", ["RelayRuntime", "RelayTesting"]),
        tests("PlatformSimulatorTests", ["PlatformSimulator", "RelayTesting"]),
        tests(
            "HoldfastTests",
            [
                "holdfast", "RelayStore", "RelayCore", "RelayRuntime", "HTTPServer", "SQLite",
                "Signing", "RelayTesting",
            ]),
        .testTarget(
            name: "IntegrationTests", dependencies: ["RelayCore", "Signing", "RelayTesting"],
            exclude: [
                "Vendors/vendors.py", "Aepp/walk.py", "Reaching/receiver.py",
                "Packaging/machine.sh",
            ],
            swiftSettings: strict),
        tests(
            "TortureTests",
            [
                "holdfast", "RelayIntake", "RelayDelivery", "RelayRuntime", "RelayStore",
                "RelayCore", "PlatformSimulator", "HTTPServer", "HTTPClient", "SQLite", "Signing",
                "RelayTesting",
            ]),
        tests("SanitizerTests", ["RelayTesting"]),
        tests("TidyTests"),
    ],
    swiftLanguageModes: [.v6]
)
