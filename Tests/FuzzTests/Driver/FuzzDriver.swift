import Foundation

/// Runs one target under libFuzzer, which comes with the toolchain: `make fuzz` builds this with
/// its instrumentation. Which target stands in the environment, so that one build serves all.
@main
enum FuzzDriver {
    private static let environment = ProcessInfo.processInfo.environment

    private static let chosen: FuzzTarget = {
        let name = environment["HOLDFAST_FUZZ_TARGET"] ?? ""
        guard let target = FuzzTarget.named(name) else {
            let names = FuzzTarget.all.map(\.name).joined(separator: " ")
            fatalError("HOLDFAST_FUZZ_TARGET is \"\(name)\" and must be one of: \(names)")
        }
        return target
    }()

    static func main() {
        writeSeeds()
        var count = CommandLine.argc
        var words = unsafe CommandLine.unsafeArgv
        exit(
            unsafe runFuzzer(&count, &words) { start, count in
                FuzzDriver.check(unsafe Array(UnsafeBufferPointer(start: start, count: count)))
                return 0
            })
    }

    private static func check(_ input: [UInt8]) {
        do throws(Finding) {
            try chosen.check(input)
        } catch {
            fatalError("\(chosen.name): \(error)")
        }
    }

    /// The seeds of the target become files, for libFuzzer to read with the corpus.
    private static func writeSeeds() {
        guard let folder = environment["HOLDFAST_FUZZ_SEEDS"] else { return }
        for (index, seed) in chosen.seeds.enumerated() {
            let path = "\(folder)/seed-\(index)"
            guard FileManager.default.createFile(atPath: path, contents: Data(seed.utf8)) else {
                fatalError("cannot write \(path)")
            }
        }
    }
}

/// libFuzzer's own entry for programs that have a `main`; no header declares it.
@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
    _ count: UnsafeMutablePointer<CInt>,
    _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ check: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt
