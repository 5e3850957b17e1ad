/// Why an attempt or a delivery failed, in the words of the command line and the metrics.
package enum ErrorClass: String, CaseIterable, Sendable {
    case network
    case tls
    case timeout
    case rateLimited = "rate_limited"
    case serverError = "server_error"
    case rejected
    case tooLarge = "too_large"
    case unauthorized
    case forbidden
    case notFound = "not_found"
    case badResponse = "bad_response"
    case unparsable
    case expired
}
