import PlatformSimulator
import RelayCore
import Testing

struct XDMTests {
    private let platform = LocalPlatform()
    private static let schema: JSONValue = [
        "id": "https://ns.adobe.com/t/schemas/1",
        "contentType": "application/vnd.adobe.xed-full+json;version=1",
    ]

    init() {
        var inlet = Inlet(id: "eda")
        inlet.dataType = .xdm
        platform.simulator.add(inlet)
        platform.simulator.add(Flow(id: "f", inletID: "eda"))
    }

    private func message(
        header: [String: JSONValue] = [:], entity: JSONValue? = ["_id": "e1"]
    ) -> String {
        var head = JSONObject([
            .init(key: "schemaRef", value: Self.schema), .init(key: "flowId", value: "f"),
        ])
        for (key, value) in header { head[key] = value.isNull ? nil : value }
        var body = JSONObject([.init(key: "xdmMeta", value: ["schemaRef": Self.schema])])
        body["xdmEntity"] = entity
        return JSONValue.object(
            JSONObject([
                .init(key: "header", value: .object(head)),
                .init(key: "body", value: .object(body)),
            ])
        ).description
    }

    private func send(_ body: String, query: String = "") -> Reply {
        platform.send(body, to: "/collection/eda\(query)", flow: nil)
    }

    @Test func `an XDM message lands under its entity's id`() {
        #expect(send(message()).status == 200)
        #expect(platform.simulator.landed().first?.messageID == "e1")
        #expect(platform.simulator.landed().first?.flowID == "f")
    }

    @Test func `a message without an organisation is taken, with a wrong one refused`() {
        #expect(send(message(header: ["imsOrgId": .string(BuiltIn.organisation)])).status == 200)
        let reply = send(message(header: ["imsOrgId": "OTHER@AdobeOrg"]))
        #expect(reply.status == 400)
        #expect(reply.at("/title") == "Invalid XDM Message Format")
        #expect(
            reply.at("/report/message")?.string?
                .hasSuffix("Message has an absent or wrong ims org in the header") == true)
    }

    @Test(arguments: [
        "{}", #"{"header":{}}"#, #"{"header":{"xdmSchema":{"name":"x"}},"body":{"xdmEntity":{}}}"#,
    ])
    func `what is no envelope has unknown xdm format`(body: String) {
        let reply = send(body)
        #expect(reply.status == 400)
        #expect(
            reply.at("/report/message")?.string?.hasSuffix("Message has unknown xdm format") == true
        )
    }

    @Test func `header and body must name the same schema`() {
        let other: JSONValue = ["id": "https://ns.adobe.com/t/schemas/2"]
        #expect(send(message(header: ["schemaRef": other])).status == 400)
    }

    @Test func `the flow is found by the data set when no flow is named`() {
        let header: [String: JSONValue] = [
            "flowId": .null, "datasetId": .string(BuiltIn.dataSetID),
        ]
        #expect(send(message(header: header)).status == 200)
        #expect(platform.simulator.landed().first?.flowID == "f")
    }

    @Test func `a source without a name is taken and fails later`() throws {
        #expect(send(message(header: ["source": ["id": "x"]])).status == 200)
        #expect(platform.simulator.counters.failed == 1)
        let failures = platform.ask("GET", "/_control/failures")
        #expect(
            failures.at("/0/rows/0/_errors/_validationErrors/0/message")
                == "Payload header is missing Source Name")
    }

    @Test func `a body without an entity is taken and fails later`() {
        #expect(send(message(entity: nil)).status == 200)
        #expect(platform.simulator.counters.failed == 1)
    }

    @Test func `a malformed timestamp fails later, and at once under synchronous validation`() {
        let body = message(entity: ["_id": "e", "timestamp": "yesterday"])
        #expect(send(body).status == 200)
        #expect(platform.simulator.counters.failed == 1)
        let reply = send(body, query: "?syncValidation=true")
        #expect(reply.status == 400)
        #expect(reply.at("/report/message")?.string?.hasSuffix("Message is invalid") == true)
        let cause = "/report/cause/_streamingValidation/0/causingExceptions/0"
        #expect(reply.at(cause + "/keyword") == "format")
        #expect(reply.at(cause + "/pointerToViolation") == "#/timestamp")
        #expect(platform.simulator.counters.accepted == 1)
    }

    @Test func `a message that passes synchronous validation is told so`() {
        let reply = send(message(), query: "?syncValidation=true")
        #expect(reply.at("/syncValidation/status") == "pass")
        let old = send(message(), query: "?synchronousValidation=true")
        #expect(old.at("/syncValidation/status") == "pass")
    }

    @Test func `synchronous validation is not available outside VA7`() {
        platform.simulator.settings.region = "NLD2"
        #expect(send(message(), query: "?syncValidation=true").status == 501)
        #expect(send(message()).status == 200)
    }

    @Test func `a batch element without a header is refused in the connector's words`() {
        platform.simulator.settings.dialect = .connector
        let reply = platform.send(
            "{\"messages\":[\(message()),{\"body\":{}}]}", to: "/collection/batch/eda", flow: nil)
        #expect(reply.status == 207)
        #expect(reply.at("/responses/1/status") == 400)
        #expect(
            reply.at("/responses/1/message")?.string?.hasPrefix("The 'header' field is mandatory.")
                == true)
        #expect(platform.simulator.counters.lake == 1)
    }
}
