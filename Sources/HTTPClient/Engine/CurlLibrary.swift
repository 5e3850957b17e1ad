import CCurl

/// The library's one-time set-up, which the first worker triggers.
enum CurlLibrary {
    static let isReady = curl_global_init(Int(CURL_GLOBAL_ALL)) == CURLE_OK
}
