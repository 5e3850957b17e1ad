/// Every bound on what a stranger, an operator or a destination can make the relay hold or do.
/// A setting may move a default inside the range named here; nothing else in the code is a bound.
package enum Limits {
    // MARK: What a sender may send

    /// Body of one event, bytes. 1 MiB is Platform's own limit for a request; a 100-message
    /// Chatlio transcript has 100 to 200 kB. More: 413.
    package static let bodyBytesDefault = 1_048_576
    package static let bodyBytesRange = 1...64 * 1_048_576

    /// The whole request head, bytes. More: 431, connection closed. Twice what path and query may
    /// have; each connection holds as much, and libmicrohttpd clears it after each request.
    package static let headBytes = 16 * 1024

    /// Request target, bytes: the longest token URL is under 300. More: 404, as any unknown path.
    package static let pathBytes = 2048

    /// Query string kept with an event, bytes. More: 414.
    package static let queryBytes = 8192

    /// Nesting of a JSON body. Deeper: stored, and treated as a body that is not JSON.
    package static let jsonDepth = 64

    /// Lane value (a conversation id), bytes. Longer: the event goes without a lane.
    package static let laneBytes = 256

    /// Delivery id in a signature scheme's header, bytes. Longer: 401, as a failed check.
    package static let deliveryIDBytes = 256

    /// Signatures in one request that are looked at: each may cost a check with every key. Senders
    /// that change keys send two. More: 401, as a failed check.
    package static let signaturesPerRequest = 16

    /// Events in one batch for a drop-in inlet; Platform's own illustration is 200. More: 413.
    package static let messagesPerBatch = 4096

    /// Connections in all and from one address. More: closed at once, others are unaffected.
    package static let connectionsDefault = 4096
    package static let connectionsPerAddressDefault = 1024

    /// Time for the whole head and the whole body, ms; and the slowest acceptable body.
    package static let headerTimeoutMsDefault = 10_000
    package static let bodyTimeoutMsDefault = 30_000
    package static let bodyBytesPerSecondMinimum = 500
    package static let idleTimeoutMs = 75_000

    /// A `traceparent` and a `tracestate` that are passed on, bytes; 512 is what the standard asks
    /// to keep. Longer: the event goes without it.
    package static let traceParentBytes = 256
    package static let traceStateBytes = 512

    /// Bodies that are still coming, in all, by the memory that they hold. Mostly nobody knows yet
    /// who sends them: a signature is checked over the whole body. As much as may wait for the
    /// disk, and enough for 1000 transcripts at a time. More: 503, connection closed.
    package static let collectedBytes = 128 * 1_048_576

    // MARK: What the store gathers

    /// One commit: as many waiting events as fit in this count and size. What is over waits for
    /// the next group, a fraction of a millisecond later.
    package static let groupEvents = 1024
    package static let groupBytes = 16 * 1_048_576

    /// Events whose answer is still to come, in all. More: 503, the disk does not keep up.
    package static let waitingEvents = 16_384
    package static let waitingBytes = 128 * 1_048_576

    /// Fingerprints kept in memory to recognise a repeated event, newest first (16 bytes each).
    package static let dedupEntries = 500_000

    /// Write-ahead log, bytes: checkpointing starts at the first, and at the second the writer
    /// lets the checkpointer finish before the next group.
    package static let logBytesSoft = 32 * 1_048_576
    package static let logBytesHard = 128 * 1_048_576

    /// Kept beside the store and given up when the disk is full, bytes: the index and the start of
    /// a log, and the record of some thousands of deliveries.
    package static let ballastBytes: Int64 = 8 * 1_048_576
    /// With less free disk than this at the start the ballast is given up before the store is
    /// opened, bytes: the log's index takes 32 KiB for each 4000 pages of log.
    package static let openingBytes: Int64 = 1_048_576

    /// Page cache of the writing connection, KiB.
    package static let pageCacheKiB = 24 * 1024

    // MARK: What delivery holds

    /// Deliveries in memory per destination, by count and by bytes of their bodies.
    package static let activeDeliveries = 4096
    package static let activeBytes = 16 * 1_048_576

    /// Destinations of one event.
    package static let destinationsPerEvent = 8

    /// Requests in flight to one destination.
    package static let concurrencyRange = 1...1024

    /// Bytes of a destination's answer that are read, and kept as the reason in the tables.
    package static let responseBytes = 1_048_576
    package static let excerptBytes = 1024

    /// One request to Platform, bytes: "1 MB" without saying which, so the smaller reading.
    package static let platformRequestBytes = 999_999

    // MARK: What the process holds

    /// Descriptors that connections leave to the store, to delivery and to the log: half of the
    /// system's limit, but no more than this. A destination's request takes two.
    package static let descriptorsKept = 1024

    /// Files and sockets that the process must be able to open at the start, beside those it was
    /// given: at rest it has 30, and of what is left half is for connections.
    package static let descriptors = 96

    /// Threads that the system must let the process have: queues, workers and network threads
    /// each take one when they are busy.
    package static let threads = 24

    /// The least limit on address space (`ulimit -v`) to start under: a stack of 8 MiB and 64 MiB
    /// set aside by malloc for each of the threads, most of which is never touched, and the rest.
    package static let addressSpaceBytes = 2_147_483_648

    /// Lines of the log that nobody reads yet, bytes. More: dropped and counted.
    package static let logBytesWaiting = 262_144

    // MARK: What an operator may ask

    /// Names of sources, hooks and destinations.
    package static let nameBytes = 64

    /// A span of an option, such as `--for` or `--since`, in days: a hundred years, so that every
    /// time it leads to can be written (RFC 3339 ends with the year 9999).
    package static let spanDays: Int64 = 36_500

    /// One name in a path, bytes: the most that Linux takes (NAME_MAX).
    package static let fileNameBytes = 255
    /// The path of the data directory, bytes. SQLite takes 512 for a whole path, and the longest
    /// below the directory is that of the journal of a store that is being made.
    package static let dataDirectoryBytes = 512 - "/holdfast.db.partial-journal".utf8.count

    /// Lines of `list` on a terminal when nothing is said.
    package static let listLines = 50

    // MARK: What is watched

    /// How often each part of the relay is asked whether it moves, and after what silence it is
    /// said to stand still, ms. Longer than the 10 s for which a change by an operator's command
    /// may keep the writer waiting; shorter than the patience of a service manager (30 s).
    package static let beatMs = 1000
    package static let standstillMs: Int64 = 15_000

    /// Lines that one destination may have in the log, a minute. More: counted, and one line says
    /// how many.
    package static let destinationLinesPerMinute = 60

    // MARK: What the admin listener may cost

    /// Connections, questions that wait, bytes of a body (parameters stand in the query), and how
    /// long one question may read, ms. More: closed, 503, 413, 503.
    package static let adminConnections = 64
    package static let adminWaiting = 32
    package static let adminBodyBytes = 4096
    package static let adminReadMs: Int64 = 10_000

    /// Deliveries of one page: what is taken when nothing is said, and at the most.
    package static let adminPageDefault = 50
    package static let adminPageMaximum = 1000
}
