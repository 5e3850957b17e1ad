import RelayCore

/// What stands on the command line: long options only, `--name value` or `--name=value`.
struct CommandLineOptions: Equatable {
    struct Wrong: Error, Equatable, CustomStringConvertible {
        let description: String
    }

    var host = "127.0.0.1"
    var port = 8099
    var requiresAuthentication = false
    var wantsHelp = false

    private static let names = ["--port", "--host", "--authentication", "--help"]

    init(_ arguments: [String]) throws(Wrong) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            let parts = argument.split(separator: "=", maxSplits: 1).map { String($0) }
            var attached = parts.count > 1 ? parts[1] : nil
            switch parts.first ?? "" {
            case "--help", "-h": wantsHelp = true
            case "--authentication": requiresAuthentication = true
            case "--host":
                host = try Self.value(of: "--host", &attached, &rest)
            case "--port":
                port = try Self.port(try Self.value(of: "--port", &attached, &rest))
            case let stranger:
                throw Self.unknown(stranger)
            }
            if let attached { throw Wrong(description: "\(parts[0]) takes no value: \(attached)") }
        }
    }

    private static func value(
        of name: String, _ attached: inout String?, _ rest: inout ArraySlice<String>
    ) throws(Wrong) -> String {
        if let value = attached {
            attached = nil
            return value
        }
        guard let value = rest.popFirst(), !value.hasPrefix("--") else {
            throw Wrong(description: "\(name) needs a value")
        }
        return value
    }

    private static func port(_ text: String) throws(Wrong) -> Int {
        guard let port = Int(text), (0...65_535).contains(port) else {
            throw Wrong(description: "--port: \(text) is not a port from 0 to 65535")
        }
        return port
    }

    private static func unknown(_ word: String) -> Wrong {
        let kind = word.hasPrefix("-") ? "option" : "argument"
        let hint = NearestName.of(word, among: names).map { ", did you mean \($0)?" } ?? ""
        return Wrong(description: "unknown \(kind) \(word)\(hint)")
    }
}
