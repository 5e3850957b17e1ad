import CSQLite

extension Connection {
    typealias ProgressHandler = (everyInstructions: Int, shouldStop: () -> Bool)

    /// Calls the closure about every so many virtual machine instructions of a running statement;
    /// true stops the statement with `isInterrupt`. Nil takes the handler away.
    package func setProgressHandler(
        everyInstructions count: Int, _ shouldStop: (() -> Bool)?
    ) {
        progressHandler = shouldStop.map { CallbackBox((max(1, count), $0)) }
        installProgressHandler()
    }

    /// Runs the body undisturbed: a handler that says stop would also stop the rollback.
    func withoutProgressHandler(_ body: () -> Void) {
        unsafe sqlite3_progress_handler(handle, 0, nil, nil)
        defer { installProgressHandler() }
        body()
    }

    private func installProgressHandler() {
        guard let box = progressHandler else {
            unsafe sqlite3_progress_handler(handle, 0, nil, nil)
            return
        }
        unsafe sqlite3_progress_handler(
            handle, Int32(clamping: box.callback.everyInstructions),
            { context in
                unsafe CallbackBox<ProgressHandler>.from(context).callback.shouldStop() ? 1 : 0
            }, box.context)
    }
}
