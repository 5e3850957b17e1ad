/// A POST, complete. Shows neither headers nor body when it is printed: they hold tokens and
/// visitors' words.
package struct PlatformRequest: Sendable {
    package let url: String
    /// Whole lines, `Name: value`. The same array for all requests of a builder that does not sign.
    package let headers: [String]
    package let body: [UInt8]

    package init(url: String, headers: [String], body: [UInt8]) {
        self.url = url
        self.headers = headers
        self.body = body
    }
}

extension PlatformRequest: CustomStringConvertible, CustomReflectable {
    package var description: String {
        "POST, \(headers.count) header lines, \(body.count) bytes"
    }

    package var customMirror: Mirror { Mirror(self, children: []) }
}
