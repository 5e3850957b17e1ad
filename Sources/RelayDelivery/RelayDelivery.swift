// RelayDelivery: the Dispatch-driven worker pool that brings stored events to their destinations.
//
//     schedule ▸ gate ▸ batch ▸ send ▸ decide ▸ finish
//
// One serial queue, the scheduler's, holds for each destination a bounded set of claimed
// deliveries, the gate that says how many may be under way, and the times at which something is
// due. Sends run on the worker pool; what they came to is decided on the scheduler's queue and
// recorded by the store's writer, many at a time.
//
// Promises: at least once, under the same id each time; a delivery leaves the queue only as
// delivered, dead or expired, each recorded; one slow or dead destination costs the others
// nothing; memory is bounded whatever waits in the store.
//
// Never: SQL, a poll for new work (an arriving event wakes it), a decision inside a callback of
// the network.
//
// Failure: what cannot be recorded stays claimed and is recorded later; what was under way when
// the process ends is simply due again.
