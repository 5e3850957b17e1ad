import Dispatch
import Glibc

/// Something that a test waited for and that did not come in any reasonable time.
package struct NeverHappened: Error, CustomStringConvertible {
    package let description: String

    package init(_ what: String) { description = "never happened: \(what)" }
}

/// How long anything may take before a test is called hung, seconds. Far beyond any healthy run,
/// and never a measure of one. Under a sanitizer everything takes several times as long.
package let hangGuardSeconds =
    unsafe dlsym(nil, "__sanitizer_set_report_path") == nil ? 60 : 300

/// Asks again and again until the answer is yes: for what another process does and tells nobody.
package func eventually(
    _ what: @autoclosure () -> String, _ condition: () throws -> Bool
) throws {
    let end = DispatchTime.now() + .seconds(hangGuardSeconds)
    let never = DispatchSemaphore(value: 0)
    while try !condition() {
        guard DispatchTime.now() < end else { throw NeverHappened(what()) }
        _ = never.wait(timeout: .now() + .milliseconds(20))
    }
}
