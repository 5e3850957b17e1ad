import Platform
import Signing

extension PlatformInlet {
    /// Values of the operator's own headers, which may be credentials: an answer that repeats one
    /// must not be kept as it is. Shorter ones hide nothing and would blot out ordinary words.
    var secretHeaderValues: [Secret] {
        extraHeaders.map(\.value).filter { $0.utf8.count >= 8 }.map { Secret(text: $0) }
    }
}
