// RelayIntake: from a request on a socket to an event in the store's hands.
//
//     path ▸ door ▸ head's proof ▸ body ▸ body's proof ▸ event ▸ store ▸ answer
//
// Promises: a 2xx leaves only after the store has said that the event is on stable storage. What
// carries a good token is never refused for what it says: a sender without retries gets no second
// chance. Wrong token, unknown source and unknown hook are one 404 in one time; a failed check is
// one 401 for every cause, made over the bytes as received, before anything is parsed. A drop-in
// inlet answers everything as Platform would.
//
// Never: SQL, a wait on a network thread, a token or a payload in an answer or a log line.
//
// Failure: when the store cannot take the event the answer is 503 with Retry-After, and the event
// was not promised to anybody.
