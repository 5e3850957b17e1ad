import CCurl

extension EasyHandle {
    /// Everything that holds for all requests of a policy.
    func apply(_ policy: ClientPolicy) {
        set(CURLOPT_NOSIGNAL, true)
        set(CURLOPT_NOPROGRESS, true)
        // A lookup under way must not be waited for when its transfer is cancelled or times out;
        // the resolver's thread cleans up after itself.
        set(CURLOPT_QUICK_EXIT, true)
        applyProtocol(policy)
        applyTLS(policy)
        set(CURLOPT_PROXY, policy.proxy ?? "")
        set(CURLOPT_NOPROXY, policy.noProxy ?? "")
        set(CURLOPT_SUPPRESS_CONNECT_HEADERS, true)
        set(CURLOPT_TCP_NODELAY, true)
        set(CURLOPT_TCP_KEEPALIVE, true)
        set(CURLOPT_MAXAGE_CONN, max(policy.idleConnectionSeconds, 1))
    }

    private func applyProtocol(_ policy: ClientPolicy) {
        set(CURLOPT_PROTOCOLS_STR, policy.allowPlainHTTP ? "http,https" : "https")
        set(CURLOPT_DEFAULT_PROTOCOL, "https")
        set(CURLOPT_FOLLOWLOCATION, false)
        set(CURLOPT_HTTP09_ALLOWED, false)
        set(CURLOPT_USERAGENT, policy.userAgent)
        let version = policy.http2 ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1
        set(CURLOPT_HTTP_VERSION, Int(version))
    }

    private func applyTLS(_ policy: ClientPolicy) {
        set(CURLOPT_SSL_VERIFYPEER, true)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        set(CURLOPT_PROXY_SSL_VERIFYPEER, true)
        set(CURLOPT_PROXY_SSL_VERIFYHOST, 2)
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        if let caFile = policy.caFile {
            set(CURLOPT_CAINFO, caFile)
            set(CURLOPT_CAPATH, nil as String?)
        }
        if let certificate = policy.clientCertificate {
            set(CURLOPT_SSLCERT, certificate.certificateFile)
            set(CURLOPT_SSLKEY, certificate.keyFile)
            set(CURLOPT_KEYPASSWD, certificate.keyPassword)
        }
    }
}
