/// What exists before anything is provisioned, always under the same ids, so that a configuration
/// can be written down.
package enum BuiltIn {
    package static let inletID = String(repeating: "0123456789abcdef", count: 4)
    package static let flowID = "11111111-1111-4111-8111-111111111111"
    package static let organisation = "5A4DB0C5EF5A4DB0C5EF5A4D@AdobeOrg"
    package static let sandboxName = "prod"
    package static let dataSetID = "5f0e1d2c3b4a596877665544"
    package static let clientID = "sandbox-client"
    package static let clientSecret = "sandbox-secret"
}
