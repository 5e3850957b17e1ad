internal import RelayCore

extension Place {
    /// The string, fetched from where it points to: `env:NAME`, `file:/path`, or `file:NAME` in
    /// the service's credentials directory. Nil when the problem is reported.
    func string(_ value: JSONValue, expected: String = "a string") -> String? {
        guard let text = value.string else {
            wrongType(value, expected: expected)
            return nil
        }
        let found: String?
        if let name = text.suffix(after: "env:") {
            found = variable(name)
        } else if let name = text.suffix(after: "file:") {
            found = file(name)
        } else {
            return text
        }
        if let found { context.hide(found, behind: text) }
        return found
    }

    /// True when the file itself holds no more than a reference.
    static func isReference(_ value: JSONValue) -> Bool {
        guard let text = value.string else { return false }
        return text.hasPrefix("env:") || text.hasPrefix("file:")
    }

    private func variable(_ name: String) -> String? {
        guard let text = context.environment.variable(name) else {
            report("environment variable \(name) is not set")
            return nil
        }
        guard !text.isEmpty else {
            report("environment variable \(name) is empty")
            return nil
        }
        return text
    }

    private func file(_ name: String) -> String? {
        guard let path = absolute(name), var bytes = contents(of: path) else { return nil }
        if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
        if bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard !bytes.isEmpty else {
            report("file \(path) is empty")
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            report("file \(path) is not UTF-8")
            return nil
        }
        return text
    }

    func contents(of path: String) -> [UInt8]? {
        switch context.environment.file(path) {
        case .success(let bytes): return bytes
        case .failure(let reason):
            report("cannot read \(path): \(reason)")
            return nil
        }
    }

    private func absolute(_ name: String) -> String? {
        if name.hasPrefix("/") { return name }
        guard !name.isEmpty, !name.contains("/"), name != "..", name != "." else {
            report("file: takes an absolute path, or a name without a slash")
            return nil
        }
        guard let directory = context.environment.variable("CREDENTIALS_DIRECTORY") else {
            report("file:\(name) needs $CREDENTIALS_DIRECTORY, which is not set")
            return nil
        }
        return "\(directory)/\(name)"
    }
}

extension String {
    func suffix(after prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}
