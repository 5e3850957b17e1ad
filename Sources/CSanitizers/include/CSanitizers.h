// CSanitizers: what the sanitizers must be told of Swift.
//
// For: `make race` and `make sanitize`.
//
// The compiler puts the quick way of a `Synchronization.Mutex`, an atomic exchange, into our own
// code, where the thread sanitizer sees it. Waiting happens in the toolchain's library and in the
// kernel, and is not seen: what is handed over by waiting would be reported as a race. So under that
// sanitizer the two functions of the slow way are replaced when a program is linked (mutex.c).
//
// Of the leak check leaks.c says what it takes for lost and is not.
//
// Promises: nothing in an ordinary build. The sanitizer hears of this Mutex, of this hand-over, and
// of nothing else: a lock that is not taken is still reported.
//
// Never: imported; a change to what a Mutex does.
//
// Fails: openly. Should the library name its functions otherwise one day, ours are not called, and
// the reports are back (`SanitizerTests` says why).
