import CCurl

extension Transfer {
    /// What the caller is told once curl has finished with the handle.
    func result(_ code: CURLcode) -> Result<ClientResponse, ClientFailure> {
        // A body that was cut leaves a known status; only its rest was not waited for.
        let status = easy.number(CURLINFO_RESPONSE_CODE)
        if code == CURLE_OK || answer.isBodyCut, status >= 200 {
            return .success(response(status))
        }
        return .failure(failure(code))
    }

    private func response(_ status: Int) -> ClientResponse {
        ClientResponse(
            status: status, headers: answer.headers, body: answer.body,
            bodyTruncated: answer.isBodyTruncated,
            totalMs: easy.offset(CURLINFO_TOTAL_TIME_T) / 1_000,
            httpVersion: Self.name(ofVersion: easy.number(CURLINFO_HTTP_VERSION)),
            primaryIP: easy.text(CURLINFO_PRIMARY_IP),
            reusedConnection: easy.number(CURLINFO_NUM_CONNECTS) == 0)
    }

    private func failure(_ code: CURLcode) -> ClientFailure {
        let wasSent = requestMayHaveArrived
        return ClientFailure(
            kind: answer.isHeaderCut ? .protocolError : Self.kind(code, wasSent: wasSent),
            message: message(code), requestMayHaveArrived: wasSent)
    }

    private func message(_ code: CURLcode) -> String {
        if answer.isHeaderCut { return "the answer's header is too long" }
        if code == CURLE_OK { return "the answer has no status" }
        let words =
            unsafe errorText.pointee != 0
            ? unsafe String(cString: errorText) : unsafe String(cString: curl_easy_strerror(code))
        let urls = [submission?.request.url, home?.policy.proxy].compactMap { $0 }
        return Redaction.redact(words, secretsOf: urls)
    }

    private static func name(ofVersion version: Int) -> String {
        switch version {
        case Int(CURL_HTTP_VERSION_1_0): "1.0"
        case Int(CURL_HTTP_VERSION_2_0): "2"
        case Int(CURL_HTTP_VERSION_3): "3"
        default: "1.1"
        }
    }

    private static func kind(_ code: CURLcode, wasSent: Bool) -> ClientFailure.Kind {
        switch code {
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: .resolve
        case CURLE_COULDNT_CONNECT: .connect
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM,
            CURLE_SSL_CIPHER, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR,
            CURLE_SSL_INVALIDCERTSTATUS, CURLE_USE_SSL_FAILED, CURLE_SSL_CLIENTCERT:
            .tls
        case CURLE_OPERATION_TIMEDOUT: .timeout
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: .reset
        // Curl's word for an answer without a status line, too.
        case CURLE_UNSUPPORTED_PROTOCOL: wasSent ? .protocolError : .refusedByPolicy
        case CURLE_URL_MALFORMAT: .refusedByPolicy
        case CURLE_OK, CURLE_WEIRD_SERVER_REPLY, CURLE_HTTP2, CURLE_HTTP2_STREAM,
            CURLE_BAD_CONTENT_ENCODING, CURLE_WRITE_ERROR:
            .protocolError
        default: .other
        }
    }
}
