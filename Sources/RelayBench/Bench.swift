import Foundation
import RelayCore

/// Runs the scenarios in turn, as often as asked, so that a slow minute of the machine falls on
/// all figures and their ceilings alike.
package struct Bench {
    let settings: BenchSettings
    /// Told what is being measured, for whoever waits.
    private let progress: (String) -> Void

    package init(_ settings: BenchSettings, progress: @escaping (String) -> Void) {
        self.settings = settings
        self.progress = progress
    }

    package func run() throws -> [FigureResult] {
        var tally = Tally()
        for run in 1...settings.runs {
            for scenario in Bench.scenarios where isWanted(scenario) {
                progress("run \(run) of \(settings.runs): \(scenario.name)")
                let world = try BenchWorld(settings)
                defer { world.close() }
                try scenario.measure(in: world, &tally)
            }
        }
        return tally.results(of: settings.figures)
    }

    private static let scenarios: [any Scenario] = [
        IntakeScenario(), LonelyScenario(), TogetherScenario(batch: nil),
        TogetherScenario(batch: 200), BacklogScenario(), TripScenario(), SlowScenario(),
        PoisonScenario(), OutageScenario(),
    ]

    private func isWanted(_ scenario: any Scenario) -> Bool {
        !settings.figures.isDisjoint(with: scenario.figures)
    }
}
