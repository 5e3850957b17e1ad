import Foundation
import Signing

extension FuzzTarget {
    /// Base 64 and base 16: what is read is what Foundation reads, and has one spelling.
    static let encodings = FuzzTarget(
        "encodings", seeds: ["TWFu", "TWE=", "TQ==", "TQ", "-_8", "00fF", "====", "TR=="]
    ) { (input) throws(Finding) in
        let text = String(decoding: input, as: UTF8.self)
        let decoded = Base64.decode(input)
        if let decoded {
            try hold(Base64.encode(decoded) == text, "another spelling: \(text)")
            try hold(Data(base64Encoded: Data(input)) == Data(decoded), "read as other bytes")
        }
        for padding in [Base64.Padding.none, .lenient] {
            guard let bytes = Base64.decode(input, alphabet: .urlSafe, padding: padding) else {
                continue
            }
            try hold(bytes.count == input.count { $0 != 0x3D } * 3 / 4, "\(bytes.count) bytes")
        }
        if let bytes = Hex.decode(input) {
            try hold(Hex.encode(bytes) == text.lowercased(), "another spelling: \(text)")
        }
    }
}
