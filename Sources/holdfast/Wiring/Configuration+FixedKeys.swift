extension Configuration {
    /// Settings that a running relay cannot take over, as far as `new` has them otherwise.
    func fixedKeys(changedIn new: Configuration) -> [String] {
        [
            ("dataDirectory", dataDirectory != new.dataDirectory),
            ("intake.listen", intake.listen != new.intake.listen),
            ("admin.listen", admin?.listen != new.admin?.listen),
            ("storage", storage != new.storage),
            ("log", log != new.log),
        ].filter(\.1).map(\.0)
    }
}
