internal import RelayCore

/// Where a setting stands: `destinations.platform.auth.scopes[1]`.
struct ConfigurationPath: Hashable, CustomStringConvertible {
    private enum Step: Hashable {
        case key(String)
        case index(Int)
    }

    private let steps: [Step]

    static let root = ConfigurationPath(steps: [])

    private init(steps: [Step]) {
        self.steps = steps
    }

    func key(_ name: String) -> ConfigurationPath {
        ConfigurationPath(steps: steps + [.key(name)])
    }

    func index(_ index: Int) -> ConfigurationPath {
        ConfigurationPath(steps: steps + [.index(index)])
    }

    var parent: ConfigurationPath? {
        steps.isEmpty ? nil : ConfigurationPath(steps: steps.dropLast())
    }

    var description: String {
        var text = ""
        for step in steps {
            switch step {
            case .index(let index): text += "[\(index)]"
            case .key(let name):
                let isPlain = name.allSatisfy { $0.isLetter || $0.isNumber || "-_$".contains($0) }
                text += text.isEmpty ? "" : "."
                text += isPlain && !name.isEmpty ? name : "\(JSONValue.string(name))"
            }
        }
        return text
    }
}
