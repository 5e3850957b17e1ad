/// Commands of the documents that the tests do not run, each with the reason. Whatever is not here
/// is run. A call of `holdfast` among these is still held against the command line's parser.
struct NotRun: CustomStringConvertible {
    /// How the line begins.
    let front: String
    let reason: String

    var description: String { "\(front): \(reason)" }

    func covers(_ line: String) -> Bool { line.hasPrefix(front) }

    static let all: [NotRun] = [
        .init(front: "holdfast serve ", reason: "runs until it is stopped; the relay of a page"),
        .init(front: "make run", reason: "the sandbox, which every page's test starts itself"),
        .init(front: "make deb", reason: "builds; the tests of the package run it"),
        .init(front: "make ", reason: "runs for long; that the door exists is tested"),
        .init(front: "HOLDFAST_TORTURE_SEED=", reason: "builds; a run of other tests"),
        .init(
            front: "apt-get ", reason: "changes the machine; the tests of the package install it"),
        .init(front: "systemctl ", reason: "needs systemd; the tests of the package have one"),
        .init(front: "strace ", reason: "runs until it is stopped; SyncOrderTests do the same"),
        .init(front: "sed -n '/POST", reason: "reads what strace wrote; SyncOrderTests read it"),
        .init(
            front: "holdfast bench", reason: "takes minutes; the tests of bench run it shortened"),
    ]

    static func reason(_ line: String) -> String? { all.first { $0.covers(line) }?.reason }
}
