// RelayBench: measures this machine with the very binary that serves.
//
// For: `holdfast bench`. It starts `serve` children on a configuration of its own making, loads
// them and takes what they deliver through CLoad, and puts each figure beside a ceiling that was
// measured in the same minute on the same cores.
//
// Promises: what it writes lies in one folder that is gone afterwards; every child is ended; a
// figure is only reported for events that were acknowledged or have arrived.
//
// Never: another address than 127.0.0.1, a store that is not its own, a relay in its own process.
//
// Fails: with `BenchFailure` when a child does not start or something does not arrive in time. A
// slow machine is no failure: it is what is measured.
//
// Reading order: `Figure` names what is measured, a `Scenario` yields samples of some figures,
// `Bench` runs the scenarios in turn, `Tally` makes minimum, median and maximum of the samples.

package import HTTPServer
import RelayCore

/// What to measure and how hard.
package struct BenchSettings: Sendable {
    /// The program whose `serve` is measured.
    package var program: String
    /// The folder in which the throw-away folder is made: it must lie on the disk to be measured.
    package var directory: String
    package var seconds = 10
    package var connections = 64
    package var bodyBytes = 1024
    package var runs = 3
    package var backlog = 200_000
    package var figures: Set<Figure> = Set(Figure.allCases)
    /// The server that answers without storing has the options of the one that stores.
    package var serverOptions: ServerOptions

    package init(program: String, directory: String, serverOptions: ServerOptions) {
        self.program = program
        self.directory = directory
        self.serverOptions = serverOptions
    }
}
