import CCurl

/// Curl's socket constants as plain numbers.
enum CurlSocket {
    static let timeout = curl_socket_t(-1)
    static let readable = Int32(CURL_CSELECT_IN)
    static let writable = Int32(CURL_CSELECT_OUT)
}
