-- The store. Times are integer milliseconds since 1970 UTC, bodies and headers are bytes.
-- `seq` is the row number of an event and the front of its public id: milliseconds in the upper
-- 42 bits, a counter in the lower 21. It only ever grows, also when the wall clock goes back.

CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The 59 bits that close every id issued from `from_seq` on; a restored copy starts a new lineage.
CREATE TABLE lineages (
    from_seq INTEGER PRIMARY KEY,
    lineage  INTEGER NOT NULL CHECK (lineage BETWEEN 0 AND 576460752303423487)
) STRICT;

CREATE TABLE names (
    id   INTEGER PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('source', 'hook', 'destination')),
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 64),
    UNIQUE (kind, name)
) STRICT;

-- What was received, byte for byte. A repeated event inside the source's window is recorded with
-- `duplicate_of` and no body; an erased one keeps its row for the account.
CREATE TABLE events (
    seq            INTEGER PRIMARY KEY CHECK (seq > 0),
    received_at_ms INTEGER NOT NULL,
    source         INTEGER NOT NULL,
    hook           INTEGER NOT NULL,
    sha256         BLOB NOT NULL CHECK (length(sha256) = 32),
    delivery_id    TEXT,
    duplicate_of   INTEGER CHECK (duplicate_of < seq),
    parsable       INTEGER NOT NULL CHECK (parsable IN (0, 1)),
    lane           TEXT,
    remote         TEXT NOT NULL,
    query          TEXT,
    erased_at_ms   INTEGER,
    headers        BLOB NOT NULL,
    body           BLOB NOT NULL
) STRICT;

-- One row per event and destination that is not final: the queue. The key is the order of work.
-- `due_at_ms` 0 means never tried and due since it arrived; otherwise the time of the next try.
CREATE TABLE deliveries (
    destination INTEGER NOT NULL,
    due_at_ms   INTEGER NOT NULL CHECK (due_at_ms >= 0),
    seq         INTEGER NOT NULL,
    attempts    INTEGER NOT NULL CHECK (attempts >= 0),
    source      INTEGER NOT NULL,
    lane        INTEGER,
    replay      INTEGER,
    last_status INTEGER,
    error_class TEXT,
    PRIMARY KEY (destination, due_at_ms, seq),
    CHECK (due_at_ms > 0 OR attempts = 0)
) STRICT, WITHOUT ROWID;

-- Finds a tried or replayed delivery by its event; an untried one has a known key.
CREATE UNIQUE INDEX deliveries_tried ON deliveries (destination, seq) WHERE due_at_ms > 0;

-- Finds what has grown too old. A replayed delivery has its whole time before it.
CREATE INDEX deliveries_aging ON deliveries (destination, seq)
    WHERE due_at_ms > 0 AND replay IS NULL;

-- Finds the head of a lane. Sources without lanes pay nothing for it.
CREATE INDEX deliveries_lane ON deliveries (destination, lane, seq) WHERE lane IS NOT NULL;

-- Attempts that did not end the delivery, and the earlier history of a replayed one.
CREATE TABLE attempts (
    seq           INTEGER NOT NULL,
    destination   INTEGER NOT NULL,
    attempt       INTEGER NOT NULL CHECK (attempt > 0),
    started_at_ms INTEGER NOT NULL,
    duration_ms   INTEGER NOT NULL CHECK (duration_ms >= 0),
    status        INTEGER,
    error_class   TEXT,
    message       TEXT,
    tracer        TEXT,
    PRIMARY KEY (seq, destination, attempt)
) STRICT, WITHOUT ROWID;

-- Final rows. `started_at_ms` and what follows it describe the attempt that ended the delivery.
CREATE TABLE delivered (
    seq            INTEGER NOT NULL,
    destination    INTEGER NOT NULL,
    finished_at_ms INTEGER NOT NULL,
    attempts       INTEGER NOT NULL CHECK (attempts > 0),
    started_at_ms  INTEGER NOT NULL,
    duration_ms    INTEGER NOT NULL CHECK (duration_ms >= 0),
    status         INTEGER,
    tracer         TEXT,
    replay         INTEGER,
    PRIMARY KEY (seq, destination)
) STRICT, WITHOUT ROWID;

CREATE TABLE dead_letters (
    seq            INTEGER NOT NULL,
    destination    INTEGER NOT NULL,
    state          TEXT NOT NULL CHECK (state IN ('dead', 'expired')),
    finished_at_ms INTEGER NOT NULL,
    attempts       INTEGER NOT NULL CHECK (attempts >= 0),
    status         INTEGER,
    error_class    TEXT NOT NULL,
    message        TEXT NOT NULL,
    lane           INTEGER,
    replay         INTEGER,
    PRIMARY KEY (seq, destination)
) STRICT, WITHOUT ROWID;

-- A dead letter can hold back its lane, where the source's policy says so.
CREATE INDEX dead_letters_lane ON dead_letters (destination, lane, seq) WHERE lane IS NOT NULL;

CREATE TABLE discarded (
    seq            INTEGER NOT NULL,
    destination    INTEGER NOT NULL,
    finished_at_ms INTEGER NOT NULL,
    attempts       INTEGER NOT NULL CHECK (attempts >= 0),
    status         INTEGER,
    error_class    TEXT,
    message        TEXT NOT NULL,
    replay         INTEGER,
    PRIMARY KEY (seq, destination)
) STRICT, WITHOUT ROWID;

-- What operators sent again. A row that a replay moved carries its number until it is replayed
-- once more. `patch` is an RFC 6902 patch of the body that is sent; the stored body stays.
CREATE TABLE replays (
    id            INTEGER PRIMARY KEY,
    started_at_ms INTEGER NOT NULL,
    ended_at_ms   INTEGER,
    operator      TEXT NOT NULL,
    asked         TEXT NOT NULL,
    patch         BLOB,
    chosen        INTEGER NOT NULL CHECK (chosen >= 0),
    moved         INTEGER NOT NULL DEFAULT 0 CHECK (moved >= 0)
) STRICT;

-- Find what became of a replay. Rows that were never replayed pay nothing for them.
CREATE INDEX deliveries_replay ON deliveries (replay) WHERE replay IS NOT NULL;
CREATE INDEX delivered_replay ON delivered (replay) WHERE replay IS NOT NULL;
CREATE INDEX dead_letters_replay ON dead_letters (replay, state) WHERE replay IS NOT NULL;
CREATE INDEX discarded_replay ON discarded (replay) WHERE replay IS NOT NULL;

-- The operator's word on a destination: intake goes on, its deliveries wait.
CREATE TABLE holds (
    destination INTEGER PRIMARY KEY,
    held_at_ms  INTEGER NOT NULL,
    until_ms    INTEGER CHECK (until_ms > held_at_ms),
    reason      TEXT NOT NULL
) STRICT;

-- What the running relay last said of each destination, for `status`; no decision reads it.
CREATE TABLE gates (
    destination   INTEGER PRIMARY KEY,
    state         TEXT NOT NULL,
    until_ms      INTEGER,
    in_flight     INTEGER NOT NULL,
    window        INTEGER NOT NULL,
    last_error    TEXT,
    last_error_ms INTEGER,
    said_at_ms    INTEGER NOT NULL
) STRICT;

-- Deliveries whose request has been under way for a while, as the relay last said; valid for as
-- long as its word in `gates` is fresh.
CREATE TABLE in_flight (
    destination INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    PRIMARY KEY (destination, seq)
) STRICT, WITHOUT ROWID;

-- Running totals by the day of receipt (days since 1970 UTC), so that pruning never breaks the
-- account. What is missing between `accepted` and the other terms must stand in `deliveries`.
-- The `pruned_` terms are the part of their namesakes whose rows are gone. A duplicate has no final
-- row, so that its term stands by itself.
CREATE TABLE audit_days (
    day              INTEGER NOT NULL,
    source           INTEGER NOT NULL,
    destination      INTEGER NOT NULL,
    accepted         INTEGER NOT NULL DEFAULT 0,
    duplicates       INTEGER NOT NULL DEFAULT 0,
    delivered        INTEGER NOT NULL DEFAULT 0,
    dead             INTEGER NOT NULL DEFAULT 0,
    discarded        INTEGER NOT NULL DEFAULT 0,
    expired          INTEGER NOT NULL DEFAULT 0,
    pruned_delivered INTEGER NOT NULL DEFAULT 0,
    pruned_dead      INTEGER NOT NULL DEFAULT 0,
    pruned_discarded INTEGER NOT NULL DEFAULT 0,
    pruned_expired   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (day, source, destination)
) STRICT, WITHOUT ROWID;
