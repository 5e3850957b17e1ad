/// What an XDM message says about itself in its envelope, all of it from the configuration.
package struct XDMReference: Sendable, Hashable {
    package var schemaID: String
    /// Such as `application/vnd.adobe.xed-full+json;version=1`.
    package var contentType: String
    package var imsOrgID: String?
    package var datasetID: String?
    /// Absent: Platform takes the connection's own source id.
    package var sourceName: String?

    package init(
        schemaID: String, contentType: String = "application/vnd.adobe.xed-full+json;version=1",
        imsOrgID: String? = nil, datasetID: String? = nil, sourceName: String? = nil
    ) {
        self.schemaID = schemaID
        self.contentType = contentType
        self.imsOrgID = imsOrgID
        self.datasetID = datasetID
        self.sourceName = sourceName
    }
}
