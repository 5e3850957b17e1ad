/// `text`: one `key=value` line for people. `json`: one object a line for machines.
package enum LogFormat: String, Sendable {
    case text, json
}
