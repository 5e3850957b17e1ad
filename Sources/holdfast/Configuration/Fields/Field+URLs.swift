internal import RelayCore

extension Field where Value == EndpointURL {
    /// - Parameter allowsPlainHTTP: else `http` is refused, but to this machine itself.
    static func service(
        allowsPlainHTTP: Bool, masking: EndpointURL.Masking = .everything
    ) -> Field {
        url(schemes: ["https", "http"], masking: masking) { url in
            url.scheme == "https" || url.isLoopback || allowsPlainHTTP
                ? nil
                : "must be https (or set allowPlainHTTP: true on the destination)"
        }
    }

    static func url(
        schemes: [String], masking: EndpointURL.Masking = .everything,
        problem: @escaping (EndpointURL) -> String? = { _ in nil }
    ) -> Field {
        Field(
            read: { value, place in
                guard let text = place.string(value, expected: "a URL") else { return nil }
                // The text is not quoted: it may hold a secret, and it cannot be masked.
                guard let url = EndpointURL(text, masking: masking) else {
                    place.report("is no URL such as \(schemes[0])://host/path")
                    return nil
                }
                // Nor is a part of one that somebody keeps out of the file: at some services the
                // path is the secret.
                let isKept = Place.isReference(value)
                guard schemes.contains(url.scheme) else {
                    let scheme = isKept ? "the scheme" : "scheme \(url.scheme)"
                    place.report("\(scheme) is not \(schemes.joined(separator: " or "))")
                    return nil
                }
                if let problem = problem(url) {
                    place.report(problem)
                    return nil
                }
                return Reading(value: url, shown: isKept ? value : .string(url.description))
            },
            standIn: { _ in standIn })
    }

    private static var standIn: EndpointURL {
        guard let url = EndpointURL("https://invalid/", masking: .everything) else {
            preconditionFailure("the stand-in is a URL")
        }
        return url
    }
}
