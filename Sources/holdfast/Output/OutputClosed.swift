/// The reader of standard output has gone: nothing more needs to be said.
struct OutputClosed: Error {}
