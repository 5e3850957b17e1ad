// RelayStore: all SQL of the relay, and the one writer.
//
// What it is for: putting events on stable storage before anybody promises anything, handing them
// out for delivery, recording what became of them, and answering questions about all of it.
//
// Promises: a group of accepts and finishes is one transaction, and its waiters are told only
// after the commit that holds it has been synced (WAL, synchronous=FULL). An event and its
// deliveries are stored together or not at all. A finish changes a row only if that row still is
// as it was when it was claimed. Every change keeps the daily account in the same transaction.
//
// Never: a transaction across a suspension, a statement on the hot path whose cost grows with the
// backlog, a second try of a failed sync, a log line.
//
// Failure: a full disk refuses the group and the store goes on; any other fault of the file
// system ends it: nothing in memory can be trusted, so whoever waits is refused and the process is
// expected to stop and start again from the disk.
