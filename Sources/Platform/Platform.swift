// Platform: the contract of Adobe Experience Platform's streaming inlets as pure code.
//
// For: building requests (one message or a batch, raw or in the XDM envelope, stamped, signed over
// the final bytes), cutting batches to size, reading every answer into an `Outcome` per message,
// asking for access tokens and knowing how long they live.
//
// Promises: the sender's bytes are never re-encoded, only added to. The stamp's `_id` depends on
// the event alone, so it is the same at every attempt and replay. A message counts as delivered
// only on evidence in the answer that speaks of this message; contradiction, silence and what
// cannot be read come out as `unknown`, never as success. A fault of configuration or of the
// destination never condemns a message: only 400 and 422 (rejected) and 413 (too large) do.
//
// Must never: read a clock, draw chance of its own, log, touch the network or a file; show a
// client secret or a token in a message.
//
// Fails: by value only. Any bytes, of any length, may come as an answer.
