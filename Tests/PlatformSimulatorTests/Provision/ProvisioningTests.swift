import HTTPServer
import PlatformSimulator
import RelayCore
import RelayTesting
import Testing

struct ProvisioningTests {
    private let platform = LocalPlatform()
    private func make(_ target: String, _ body: JSONValue) throws -> String {
        let reply = platform.call("POST", target, body)
        #expect(reply.status == 201)
        return try #require(reply.at("/id")?.string)
    }

    private func identify(_ schema: String, by field: String) {
        let reply = platform.call(
            "POST", "schemaregistry/tenant/descriptors",
            [
                "@type": "xdm:descriptorIdentity", "xdm:sourceSchema": .string(schema),
                "xdm:sourceVersion": 1, "xdm:sourceProperty": .string(field),
                "xdm:namespace": "Email", "xdm:property": "xdm:code", "xdm:isPrimary": true,
            ])
        #expect(reply.status == 201)
    }

    private func dataSet(identity: String?) throws -> (schema: String, dataSet: String) {
        let schema = platform.call(
            "POST", "schemaregistry/tenant/schemas",
            [
                "title": "chat",
                "allOf": [["$ref": "https://ns.adobe.com/xdm/context/experienceevent"]],
            ])
        #expect(schema.status == 201)
        let id = try #require(schema.at("/$id")?.string)
        if let identity { identify(id, by: identity) }
        let reply = platform.call(
            "POST", "catalog/dataSets",
            [
                "name": "d", "schemaRef": ["id": .string(id)],
                "tags": ["unifiedProfile": ["enabled:true"]],
            ])
        #expect(reply.status == 201)
        let text = try #require(reply.at("/0")?.string)
        #expect(text.hasPrefix("@/dataSets/"))
        return (id, String(text.dropFirst("@/dataSets/".count)))
    }

    private func target(identity: String?) throws -> String {
        let (schema, dataSet) = try dataSet(identity: identity)
        return try make(
            "flowservice/targetConnections",
            [
                "name": "t",
                "connectionSpec": ["id": "c604ff05-7f1a-43c0-8e18-33bf874cb11c", "version": "1.0"],
                "data": ["format": "json", "schema": ["id": .string(schema)]],
                "params": ["dataSetId": .string(dataSet)],
            ])
    }

    private func mapping() throws -> String {
        let reply = platform.call(
            "POST", "conversion/mappingSets",
            [
                "mappings": [
                    ["sourceAttribute": "holdfast._id", "destinationXdmPath": "_id"],
                    ["sourceAttribute": "holdfast.timestamp", "destinationXdmPath": "timestamp"],
                ]
            ])
        #expect(reply.status == 200)
        return try #require(reply.at("/id")?.string)
    }

    private func flow(
        source: String, specification: String, identity: String? = nil
    ) throws -> String {
        try make(
            "flowservice/flows",
            [
                "name": "f", "flowSpec": ["id": .string(specification), "version": "1.0"],
                "sourceConnectionIds": [.string(source)],
                "targetConnectionIds": [.string(try target(identity: identity))],
                "transformations": [
                    [
                        "name": "Mapping",
                        "params": ["mappingId": .string(try mapping()), "mappingVersion": 0],
                    ]
                ],
            ])
    }

    private func chatlioFlow(identity: String? = nil) throws -> String {
        let source = try make(
            "flowservice/sourceConnections",
            [
                "name": "Chatlio", "providerId": "521eee4d-8cbe-4906-bb48-fb6bd4450033",
                "connectionSpec": ["id": "073127a3-26e3-496c-9d94-9f48fb93fba8", "version": "1.0"],
                "data": ["format": "json"],
            ])
        return try flow(
            source: source, specification: "e77fde5a-22a8-11ed-861d-0242ac120002",
            identity: identity)
    }

    private func inlet(of flow: String) throws -> String {
        let reply = platform.call("GET", "flowservice/flows/\(flow)")
        let url = try #require(reply.at("/items/0/options/inletUrl")?.string)
        #expect(url.hasPrefix("http://platform.test/collection/"))
        return String(url.dropFirst("http://platform.test".count))
    }

    private static let event =
        #"{"holdfast":{"_id":"a","timestamp":"2026-11-20T09:14:03.120Z"}}"#

    @Test func `Adobe's tutorial for Chatlio leads to an open inlet that takes mapped events`()
        throws
    {
        let flow = try chatlioFlow()
        let inlet = try inlet(of: flow)
        #expect(platform.send(Self.event, to: inlet, flow: flow).status == 200)
        #expect(platform.simulator.counters.lost == 1)
        platform.clock.advance(ms: 300_000)
        #expect(platform.send(Self.event, to: inlet, flow: flow).status == 200)
        #expect(platform.simulator.counters.lake == 1)
        #expect(platform.simulator.counters.profile == 1)
        _ = platform.send(
            "{\"holdfast\":{\"_id\":\"b\",\"timestamp\":\"?\"}}", to: inlet, flow: flow)
        #expect(platform.simulator.counters.failed == 1)
    }

    @Test func `an HTTP API connection brings an inlet that wants a token`() throws {
        let connection = try make(
            "flowservice/connections",
            [
                "name": "c",
                "connectionSpec": ["id": "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb", "version": "1.0"],
                "auth": [
                    "specName": "Streaming Connection",
                    "params": ["dataType": "raw", "name": "n", "authenticationRequired": true],
                ],
            ])
        let shown = platform.call("GET", "flowservice/connections/\(connection)")
        let inlet = try #require(shown.at("/items/0/auth/params/inletId")?.string)
        #expect(inlet.utf8.count == 64)
        #expect(platform.send("{}", to: "/collection/\(inlet)").status == 401)
        let source = try make(
            "flowservice/sourceConnections",
            [
                "name": "s", "baseConnectionId": .string(connection),
                "connectionSpec": ["id": "bc7b00d6-623a-4dfc-9fdb-f1240aeadaeb", "version": "1.0"],
            ])
        let flow = try flow(source: source, specification: "c1a19761-d2c7-4702-b9fa-fe91f0613e81")
        #expect(try self.inlet(of: flow) == "/collection/\(inlet)")
        let used = platform.call("DELETE", "flowservice/connections/\(connection)")
        #expect(used.status == 400)
        #expect(used.at("/errorCode") == "1418-400")
    }

    @Test func `a flow is changed only with its current etag, and is cold afterwards`() throws {
        let flow = try chatlioFlow()
        platform.clock.advance(ms: 300_000)
        let target = "flowservice/flows/\(flow)"
        let patch: JSONValue = [["op": "Replace", "path": "/name", "value": "new"]]
        #expect(platform.call("PATCH", target, patch).at("/errorCode") == "1403-400")
        let etag = try #require(platform.call("GET", target).at("/items/0/etag")?.string)
        let changed = platform.call("PATCH", target, patch, headers: ["If-Match": etag])
        #expect(changed.status == 200)
        #expect(changed.at("/etag") != .string(etag))
        let stale = platform.call("PATCH", target, patch, headers: ["If-Match": etag])
        #expect(stale.status == 412)
        #expect(stale.at("/errorCode") == "1404-412")
        #expect(platform.call("GET", target).at("/items/0/name") == "new")
        _ = platform.send(Self.event, to: try inlet(of: flow), flow: flow)
        #expect(platform.simulator.counters.lost == 1)
    }

    @Test func `a disabled flow takes nothing, an enabled one is cold again`() throws {
        let flow = try chatlioFlow()
        platform.clock.advance(ms: 300_000)
        let inlet = try inlet(of: flow)
        let action = "flowservice/flows/\(flow)/action?op="
        #expect(platform.call("POST", action + "disable").status == 200)
        _ = platform.send(Self.event, to: inlet, flow: flow)
        #expect(platform.simulator.counters.unrouted == 1)
        #expect(platform.call("POST", action + "ENABLE").status == 200)
        _ = platform.send(Self.event, to: inlet, flow: flow)
        #expect(platform.simulator.counters.lost == 1)
        #expect(platform.call("POST", action + "explode").status == 400)
    }

    @Test func `a deleted flow is gone`() throws {
        let flow = try chatlioFlow()
        let target = "flowservice/flows/\(flow)"
        #expect(platform.call("DELETE", target).status == 204)
        let reply = platform.call("GET", target)
        #expect(reply.status == 404)
        #expect(reply.at("/errorCode") == "1101-404")
    }

    @Test func `runs count what a flow got and what failed, hour by hour`() throws {
        let flow = try chatlioFlow()
        platform.clock.advance(ms: 300_000)
        let inlet = try inlet(of: flow)
        _ = platform.send(Self.event, to: inlet, flow: flow)
        _ = platform.send("{}", to: inlet, flow: flow)
        platform.clock.advance(ms: 3_600_000)
        _ = platform.send(Self.event, to: inlet, flow: flow)
        let runs = platform.call("GET", "flowservice/runs?property=flowId==\(flow)")
        #expect(runs.at("/items")?.array?.count == 2)
        let records = "/items/0/metrics/recordSummary"
        #expect(runs.at(records + "/inputRecordCount") == 2)
        #expect(runs.at(records + "/outputRecordCount") == 1)
        #expect(runs.at(records + "/failedRecordCount") == 1)
        #expect(
            runs.at("/items/0/activities/0/statusSummary/extensions/errors/0/code")
                == "MAPPER-3700-400")
        let batch = try #require(
            runs.at("/items/0/activities/0/targetInfo/0/reference/ids/0")?.string)
        let listing = platform.call("GET", "export/batches/\(batch)/failed")
        let file = try #require(listing.at("/data/1/name")?.string)
        let rows = platform.call("GET", "export/batches/\(batch)/failed?path=\(file)")
        #expect(rows.text.contains("_validationErrors"))
        #expect(Int(listing.at("/data/1/length")?.string ?? "") == rows.response.body.count)
    }

    @Test func `a primary identity makes its field mandatory`() throws {
        let flow = try chatlioFlow(identity: "/_t/email")
        platform.clock.advance(ms: 300_000)
        _ = platform.send(Self.event, to: try inlet(of: flow), flow: flow)
        #expect(platform.simulator.counters.failed == 1)
        let failures = platform.ask("GET", "/_control/failures").text
        #expect(failures.contains("required key [/_t/email] not found"))
    }

    @Test func `a mapping set is shown, replaced, validated and previewed`() throws {
        let id = try mapping()
        let target = "conversion/mappingSets"
        #expect(platform.call("GET", "\(target)/\(id)").at("/version") == 0)
        let body: JSONValue = ["mappings": [["source": "a", "destination": "b"]]]
        #expect(platform.call("PUT", "\(target)/\(id)", body).at("/version") == 1)
        #expect(
            platform.call("POST", "\(target)/validate", body).at("/mappingSetStatus") == "VALID")
        let preview = platform.call(
            "POST", "\(target)/preview", ["data": ["a": 5], "mappingSet": body])
        #expect(preview.at("/data/b") == 5)
        #expect(platform.call("GET", "\(target)/unknown").status == 404)
    }

    @Test func `lists come in pages`() throws {
        for _ in 0..<3 { _ = try chatlioFlow() }
        let first = platform.call("GET", "flowservice/flows?limit=2")
        #expect(first.at("/items")?.array?.count == 2)
        let next = try #require(first.at("/_links/next/href")?.string)
        let second = platform.call("GET", "flowservice\(next)&limit=2")
        #expect(second.at("/items")?.array?.count == 1)
        #expect(second.at("/_links/next") == nil)
    }
}
