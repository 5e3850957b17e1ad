import Foundation
import HTTPServer
import Signing

@testable import RelayIntake

extension FuzzTarget {
    /// `Authorization: Basic …`, once and with one of the passwords, and nothing else.
    static let basic = FuzzTarget(
        "basic",
        seeds: [
            "Authorization: Basic dXNlcjpwYXNzd29yZC0xMjM0NTY3", "authorization: BASIC  Og==",
            "Authorization: Basic dXNlcjpwYXNzd29yZC0xMjM0NTY3\nAuthorization: Basic x",
        ]
    ) { (input) throws(Finding) in
        guard
            let check = CredentialCheck(
                username: "user", passwords: [Secret(text: "password-1234567")])
        else { throw Finding("no check") }
        try holdCredentials(input, check) { rest in
            rest == Data("user:password-1234567".utf8).base64EncodedString()
        }
    }

    /// `Authorization: Bearer …` likewise.
    static let bearer = FuzzTarget(
        "bearer",
        seeds: [
            "Authorization: Bearer tok-0123456789", "authorization: bearer  tok-0123456789",
            "Authorization: Bearer tok-012345678 ", "Authorization: Bearer",
        ]
    ) { (input) throws(Finding) in
        guard
            let check = CredentialCheck(
                tokens: [Secret(text: "tok-0123456789"), Secret(text: "tok-9876543210")])
        else { throw Finding("no check") }
        try holdCredentials(input, check) { ["tok-0123456789", "tok-9876543210"].contains($0) }
    }

    private static func holdCredentials(
        _ input: [UInt8], _ check: CredentialCheck, _ isRight: (String) -> Bool
    ) throws(Finding) {
        var input = FuzzInput(input)
        let fields = input.fields()
        let head = RequestHead(
            method: "POST", path: "/",
            headers: fields.map { HeaderField(name: $0.name, value: $0.value) })
        let values = fields.filter { asciiLower($0.name) == "authorization" }.map(\.value)
        var isAccepted = false
        if values.count == 1, let blank = values[0].firstIndex(of: " ") {
            let name = values[0][..<blank].lowercased()
            let rest = String(values[0][blank...].drop { $0 == " " })
            isAccepted = check.scheme.rawValue == name && isRight(rest)
        }
        try hold(check.accepts(head) == isAccepted, "\(values) accepted: \(!isAccepted)")
    }
}
