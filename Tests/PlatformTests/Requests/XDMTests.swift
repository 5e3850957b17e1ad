import Platform
import RelayCore
import Testing

/// Sections 4.4 and 4.5 of the contract.
struct XDMTests {
    private let contentType = "application/vnd.adobe.xed-full+json;version=1"

    private func builder(_ reference: XDMReference? = nil, stamp: Bool = true) -> RequestBuilder {
        let whole = XDMReference(
            schemaID: "https://ns.adobe.com/t/schemas/1", imsOrgID: "O@AdobeOrg", datasetID: "d",
            sourceName: "relay")
        return RequestBuilder(
            PlatformInlet(
                inletURL: "https://h/collection/abc", flowID: "f",
                dataType: .xdm(reference ?? whole), stamp: stamp))
    }

    private var schema: String {
        #""schemaRef":{"id":"https://ns.adobe.com/t/schemas/1","contentType":"\#(contentType)"}"#
    }

    private func envelope(_ entity: String) -> String {
        #"{"header":{\#(schema),"imsOrgId":"O@AdobeOrg","datasetId":"d","flowId":"f","#
            + #""source":{"name":"relay"}},"body":{"xdmMeta":{\#(schema)},"xdmEntity":\#(entity)}}"#
    }

    private var members: String {
        #""_id":"\#(Sample.id)","timestamp":"2026-11-28T09:14:03.120Z""#
    }

    @Test func `the body becomes the entity, with the id and the time it lacks`() {
        let request = builder().single(Sample.message(#"{"a": 1}"#))
        #expect(Sample.text(request) == envelope(#"{"a": 1,\#(members)}"#))
        #expect(request.headers == ["Content-Type: application/json"])
    }

    @Test(arguments: [
        (#"{"_id":"own","timestamp":"2024-01-01T00:00:00Z"}"#, ""),
        (#"{"_id":"own"}"#, #","timestamp":"2026-11-28T09:14:03.120Z""#),
        (#"{"timestamp":"2024-01-01T00:00:00Z"}"#, #","_id":"ID""#),
        (#"{"_id":7,"timestamp":1}"#, ""),
        (#"{"_id":"","timestamp":" "}"#, #","_id":"ID","timestamp":"2026-11-28T09:14:03.120Z""#),
        (#"{"_id":null,"timestamp":"2024-01-01T00:00:00Z"}"#, #","_id":"ID""#),
        (#"{"a":{"_id":"deep"},"timestamp":"2024-01-01T00:00:00Z"}"#, #","_id":"ID""#),
    ])
    func `an id and a time of the sender's own stay, blank ones do not`(
        body: String, added: String
    ) {
        let entity = body.dropLast() + added.replacing("ID", with: Sample.id.description) + "}"
        let request = builder().single(Sample.message(body))
        #expect(Sample.text(request) == envelope(String(entity)))
    }

    @Test func `without the stamp, or without an object, nothing is added`() {
        #expect(
            Sample.text(builder(stamp: false).single(Sample.message("{}"))) == envelope("{}"))
        #expect(Sample.text(builder().single(Sample.message("[1]"))) == envelope("[1]"))
    }

    @Test func `what is not configured is absent, what is odd is escaped`() throws {
        let reference = XDMReference(schemaID: #"a"b"#)
        let inlet = PlatformInlet(inletURL: "https://h/collection/abc", dataType: .xdm(reference))
        let value = try JSONValue.parse(
            RequestBuilder(inlet).single(Sample.message("{}")).body)
        #expect(value["header"]?.object?.keys == ["schemaRef"])
        #expect(value["header"]?["schemaRef"]?["id"]?.string == #"a"b"#)
        #expect(value["body"]?["xdmMeta"]?["schemaRef"] == value["header"]?["schemaRef"])
    }

    @Test func `a batch holds whole envelopes`() {
        let request = builder().batch([Sample.message("{}"), Sample.message("[]")])
        #expect(request.url == "https://h/collection/batch/abc")
        #expect(
            Sample.text(request)
                == #"{"messages":["# + envelope("{\(members)}") + "," + envelope("[]") + "]}")
    }
}
