internal import RelayCore
internal import Signing

extension Field where Value == Secret {
    /// Shown as `***`. Refused when it is too short to be one.
    static func secret(minimumBytes: Int = 16) -> Field {
        checkedSecret { text in
            text.utf8.count < minimumBytes
                ? "a secret of \(text.utf8.count) bytes is too short; at least \(minimumBytes)"
                : nil
        }
    }

    /// A token that stands in a URL's path, in its only spelling.
    static var pathToken: Field {
        checkedSecret { text in
            if text.utf8.count < 16 {
                return "a secret of \(text.utf8.count) bytes is too short; at least 16"
            }
            let isPlain = text.utf8.allSatisfy { byte in
                let scalar = UnicodeScalar(byte)
                return ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
                    || ("0"..."9").contains(scalar) || "-._~".utf8.contains(byte)
            }
            return isPlain
                ? nil
                : "a token in a URL has only letters, digits, '-', '.', '_' and '~'; "
                    + "'holdfast token new' makes one"
        }
    }

    /// - Parameter problem: says what is wrong with a secret, without quoting it.
    static func checkedSecret(problem: @escaping (String) -> String?) -> Field {
        Field(
            read: { value, place in
                guard let text = place.string(value) else { return nil }
                if let problem = problem(text) {
                    place.report(problem)
                    return nil
                }
                return Reading(value: Secret(text: text), shown: masked)
            },
            standIn: { _ in Secret([]) })
    }

    /// A key of Standard Webhooks: base64 of the key bytes, `whsec_` before it or not.
    static var standardWebhooksKey: Field {
        checkedSecret { text in
            let digits = text.suffix(after: "whsec_") ?? text
            guard let key = Base64.decode(digits, padding: .lenient) else {
                return "is no base64 (a Standard Webhooks secret is whsec_ and base64)"
            }
            return key.count < 16
                ? "a key of \(key.count) bytes is too short; at least 16" : nil
        }
    }

    static var masked: JSONValue { "***" }
}

extension Field where Value == HeaderSetting {
    /// The value of a header field. Masked whatever it is: headers carry credentials.
    static func header(named name: String) -> Field {
        Field(
            read: { value, place in
                guard HeaderSetting.isName(name) else {
                    place.report("\(JSONValue.string(name)) is no header name")
                    return nil
                }
                guard let text = place.string(value) else { return nil }
                guard text.utf8.allSatisfy({ $0 == 0x09 || $0 >= 0x20 && $0 != 0x7F }) else {
                    place.report("a header value has no control characters")
                    return nil
                }
                let setting = HeaderSetting(name: name, value: Secret(text: text))
                return Reading(value: setting, shown: Field<Secret>.masked)
            },
            standIn: { _ in HeaderSetting(name: name, value: Secret([])) })
    }
}
