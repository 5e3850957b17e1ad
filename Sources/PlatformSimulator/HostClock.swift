import Dispatch
import FoundationEssentials
package import RelayCore

/// The machine's clocks, for a simulator that runs on its own.
package struct HostClock: Clock {
    package init() {}

    package var now: Timestamp {
        let seconds = Date(timeIntervalSinceNow: 0).timeIntervalSince1970
        return Timestamp(milliseconds: Int64(seconds * 1000))
    }

    package var monotonicNanoseconds: UInt64 { DispatchTime.now().uptimeNanoseconds }
}
