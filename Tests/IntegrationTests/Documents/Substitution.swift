/// What a page cannot know of the machine it is read on, or what stands in for what is not there.
struct Substitution: CustomStringConvertible {
    let shown: String
    let here: String

    var description: String { "\(shown) -> \(here)" }

    /// In this order. Upper-case words in braces are the test's ports and addresses.
    static let all: [Substitution] = [
        // The package's user, folders and credentials; systemd would provide them.
        .init(shown: "runuser -u holdfast -- ", here: ""),
        .init(shown: "install -d -o holdfast -g holdfast ", here: "install -d "),
        .init(
            shown: "systemd-run --quiet --pipe --wait -p User=holdfast "
                + "-p LoadCredential=secret:/etc/holdfast/credentials     ", here: ""),
        .init(shown: "/etc/holdfast/holdfast.json5", here: "prod/holdfast.json5"),
        .init(shown: "/etc/holdfast/", here: "etc/holdfast/"),
        // Not in Debian. Its copy is a database like any other.
        .init(
            shown: "litestream restore -config litestream.yml -o copy.db ",
            here: "holdfast backup copy.db --db "),
        .init(shown: "/var/lib/holdfast", here: "sandbox"),
        // Under strace it would be another sandbox.
        .init(shown: "trial/holdfast.json5", here: "sandbox/holdfast.json5"),
        .init(
            shown: "jq .counts.dead",
            here: "python3 -c 'import json, sys; print(json.load(sys.stdin)[\"counts\"][\"dead\"])'"
        ),
        // A mapping that was wrong on a day of the past.
        .init(
            shown: "--since 2026-11-21T12:00:00Z --until 2026-11-21T12:05:00Z",
            here: "--since 1h"),
        // Without a variable that the other commands have.
        .init(
            shown: "holdfast check --config bad.json5",
            here: "env -u CHATLIO_TOKEN holdfast check --config bad.json5"),
        .init(
            shown: "http://127.0.0.1:8080/hooks/chatlio/feedback/$CHATLIO_TOKEN",
            here: "http://127.0.0.1:{PROD}/hooks/chatlio/feedback/$CHATLIO_TOKEN"),
        .init(shown: "127.0.0.1:8099", here: "127.0.0.1:{SIMULATOR}"),
        .init(shown: "127.0.0.1:9080", here: "127.0.0.1:{ADMIN}"),
    ]
}
