import RelayCore

@testable import holdfast

extension FuzzTarget {
    /// A whole configuration, with variables and files that hold secrets: read or refused, but
    /// never with a secret in what is said about it, and every problem in one line.
    static let configuration = FuzzTarget(
        "configuration",
        seeds: [
            """
            {dataDirectory:"/d",sources:{c:{kind:"chatlio",tokens:["env:S"],destination:"o"},
            g:{kind:"generic",verify:{scheme:"github",secrets:["file:/s"]},hooks:{h:{destination:
            ["o"]}}}},destinations:{o:{kind:"platform",inletURL:"https://x/collection/1",flowId:"f",
            batch:{maxMessages:2},retry:{first:"1s",cap:"1h"},auth:{kind:"oauth",clientId:"a",
            clientSecret:"env:S",tokenURL:"https://x/t"}}}}
            """,
            """
            {dataDirectory:"/d",sources:{g:{kind:"generic",verify:{scheme:"hmac",secrets:["env:S"],
            header:"X-S",encoding:"hex",content:"{timestamp}.{body}"},hooks:{h:{destination:"p"}}}},
            destinations:{p:{kind:"http",url:"https://x/i",sign:{scheme:"standard-webhooks",
            secret:"env:W"}}},intake:{listen:"0.0.0.0:80"},log:{level:"info"}}
            """,
        ]
    ) { (input) throws(Finding) in
        switch ConfigurationReader.read(input, named: "c.json5", in: environment) {
        case .success(let effective):
            try hold(
                !effective.render().contains("\"dataDirectory\": \"\""), "an empty data directory")
        case .failure(let report):
            try hold(!report.problems.isEmpty, "refused without a reason")
            for problem in report.problems {
                let line = problem.description
                try Harmless.oneLine(line, "a problem")
                try hold(!line.contains(secret), "a secret in: \(line)")
            }
        }
    }

    private static let secret = "pa55worDs-and-t0kens-are-32-long"

    private static let environment = ConfigurationEnvironment(
        variable: { name in
            switch name {
            case "S": secret
            case "W": "whsec_cGE1NXdvckRzLWFuZC10MGtlbnMtYXJlLTMyLWxvbmc="
            default: nil
            }
        },
        file: { $0 == "/s" ? .success(Array(secret.utf8)) : .failure(.missing) })
}
