import HTTPServer
import RelayCore
import RelayRuntime

/// What the system must let the process have, looked at before the first queue is used: under too
/// tight a limit that queue would never run, or end the process without a word.
enum Allowance {
    static func check() throws(WiringError) {
        ProcessFacts.raiseDescriptorLimit()
        guard ProcessFacts.canOpen(Limits.descriptors), Server.canWakeThreads else {
            throw .fewDescriptors
        }
        if let bytes = ProcessFacts.addressSpaceLimitBytes, bytes < Limits.addressSpaceBytes {
            throw .littleAddressSpace(bytes: bytes)
        }
        // Without the ballast no event is ever accepted.
        if let bytes = ProcessFacts.fileSizeLimitBytes, bytes < Limits.ballastBytes {
            throw .smallFiles(bytes: bytes)
        }
        guard ProcessFacts.canHaveThreads(Limits.threads) else { throw .fewThreads }
    }
}
