/// Every command, in the order of the overview.
enum CommandTable {
    static var all: [any Command.Type] {
        [
            ServeCommand.self, SandboxCommand.self, CheckCommand.self,
            StatusCommand.self, ShapeCommand.self, ListCommand.self, ShowCommand.self,
            TailCommand.self,
            ReplayCommand.self, HoldCommand.self, ReleaseCommand.self, DiscardCommand.self,
            EraseCommand.self, AuditCommand.self,
            BackupCommand.self, RestoreCommand.self, VerifyCommand.self,
            TokenCommand.self, URLsCommand.self, SendCommand.self, MigrateCommand.self,
            BenchCommand.self, CompletionCommand.self, VersionCommand.self, HelpCommand.self,
        ]
    }

    static var descriptions: [CommandDescription] { all.map { $0.description } }

    static func command(_ name: String) -> (any Command.Type)? {
        all.first { $0.description.name == name }
    }
}
