internal import RelayCore

/// The rule for names of sources, hooks and destinations: they stand in URLs, metric labels and
/// command lines.
enum SettingName {
    static func problem(_ name: String) -> String? {
        guard name.utf8.count <= Limits.nameBytes else {
            return "a name has at most \(Limits.nameBytes) bytes"
        }
        let isPlain = name.utf8.allSatisfy {
            ("a"..."z").contains(UnicodeScalar($0)) || ("A"..."Z").contains(UnicodeScalar($0))
                || ("0"..."9").contains(UnicodeScalar($0)) || "-_.".utf8.contains($0)
        }
        guard isPlain, let first = name.utf8.first, !"-_.".utf8.contains(first) else {
            return
                "a name is made of letters, digits, \"-\", \"_\" and \".\", a letter or digit first"
        }
        return nil
    }
}
