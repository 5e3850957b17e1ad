// RelayCore: the values and rules of the relay.
//
// What an event, a delivery, an attempt and an outcome are; which state may follow which; when a
// failed delivery is due again; how hard a destination may be pressed; how large anything that a
// stranger sends may be. Everything here is a value or a pure function of its arguments: time and
// chance are passed in, nothing is read, written, logged or waited for.
//
// Promises: the same arguments give the same answer; a state machine never leaves its table.
// Never: I/O, clocks, locks, Foundation.
// Failure: operating faults are values (`Outcome`, `ErrorClass`); a trap here is our own bug.
