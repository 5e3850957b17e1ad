/// Everything about the simulated Platform that can be turned while it runs. Where Adobe documents
/// a value it is the default; where it does not, the choice is explained in
/// docs/platform-simulator.md.
package struct SimulatorSettings: Sendable {
    // MARK: Collection

    /// One request body. Adobe says "1 MB" without saying which.
    package var bodyLimitBytes = 1_000_000
    /// How long a new, changed or enabled flow accepts messages and loses them.
    package var enableDelayMs = 300_000
    /// Requests a second and inlet; 0 for no limit.
    package var ratePerSecond = 0
    /// Requests a minute and inlet with `syncValidation=true`.
    package var syncRatePerMinute = 60
    /// `Retry-After` of the rate limits' 429; 0 sends none, as Adobe documents none.
    package var retryAfterSeconds = 0
    package var dialect = Dialect.documented
    /// Added to the number of elements in the answer to a batch.
    package var responseCountSkew = 0
    /// Addresses that may send; nil for everybody. Others get a 403 without a body.
    package var allowedAddresses: [String]?
    /// 404 or 400.
    package var unknownInletStatus = 404
    package var unknownFlow = UnknownFlow.drop
    /// What an expired or invalid token is answered with: 401 or 403.
    package var refusedTokenStatus = 401
    package var refusedSignatureStatus = 401
    package var requiresSandboxName = false
    /// Larger events reach the lake but not the Profile store.
    package var profileLimitBytes = 10_240
    /// Synchronous validation exists in VA7 only.
    package var region = "VA7"
    package var missingAttribute = MissingAttribute.fail

    // MARK: Tokens

    package var tokenLifeSeconds = 86_399
    /// As the retired JWT exchange did.
    package var reportsLifeInMilliseconds = false
    package var invalidClientStatus = 400
    /// Tokens a minute and client; 0 for no limit.
    package var tokensPerMinute = 0

    // MARK: Memory

    /// Records listed by the control API; the oldest go first.
    package var keptRecords = 200_000
    /// Bodies kept with them, bytes.
    package var keptBodyBytes = 256 * 1_048_576
    /// Distinct `_id` values the Profile store remembers; beyond them repeats go unnoticed.
    package var keptProfileIDs = 4_000_000
    /// Rejected rows kept for download.
    package var keptFailures = 10_000

    package init() {}
}
