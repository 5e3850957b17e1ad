import Platform
import Signing

/// An inlet behind a token endpoint.
enum PlatformInletOfTests {
    static let inlet = PlatformInlet(
        inletURL: "http://platform.example/collection/abc", flowID: "flow")
    static let secret = Secret(text: "secret-one-0123456789")

    static func token(_ value: String) -> String {
        #"{"access_token":"\#(value)","token_type":"bearer","expires_in":1000}"#
    }
}
