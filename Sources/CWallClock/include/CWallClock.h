// CWallClock: preloaded into a relay under test, it moves that relay's wall clock.
//
// For: clocks that jump, while the relay runs and across its restarts.
//
// Promises: the real time plus the milliseconds that stand in the file named by
// HOLDFAST_TEST_CLOCK, read anew at each call; the monotonic clock, and so every timer, stays true.
//
// Never: part of what is installed; linked into anything.

#ifndef CWALLCLOCK_H
#define CWALLCLOCK_H

// The variable that names the file: one little-endian integer of 64 bits.
#define CWALLCLOCK_VARIABLE "HOLDFAST_TEST_CLOCK"

#endif
