// RelayRuntime: what a long-lived process needs around its work.
//
// The real clocks and the real source of chance, the log, signals, the hand-shake with systemd,
// and the order in which services start and stop. It knows nothing of events or destinations.
//
// Promises: services stop in the reverse order of their start; a signal is seen on a queue, never
// inside a handler; a log line is one line, whatever the values hold, and no secret has a way in
// because a secret has no description.
//
// Never: a decision about deliveries, a write to standard output.
// Failure: a service that cannot start stops those that already run and says so once.
