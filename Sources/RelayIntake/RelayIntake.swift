// RelayIntake: from a request on a socket to an event in the store's hands.
//
//     path ▸ endpoint ▸ body ▸ check ▸ event ▸ store ▸ answer
//
// Promises: a 2xx leaves only after the store has said that the event is on stable storage. What
// carries a good token is never refused for what it says: a sender without retries gets no second
// chance. Wrong token, unknown source and unknown hook are one answer in one time.
//
// Never: SQL, a wait on a network thread, a token or a payload in an answer or a log line.
//
// Failure: when the store cannot take the event the answer is 503 with Retry-After, and the event
// was not promised to anybody.
