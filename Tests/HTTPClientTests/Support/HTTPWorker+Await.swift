import HTTPClient

typealias Outcome = Result<ClientResponse, ClientFailure>

let plain = ClientPolicy(allowPlainHTTP: true)

extension HTTPWorker {
    /// The continuation traps when a completion comes twice.
    func post(_ request: ClientRequest, _ policy: ClientPolicy = plain) async -> Outcome {
        await withCheckedContinuation { continuation in
            send(request, policy: policy) { continuation.resume(returning: $0) }
        }
    }

    func post(_ url: String, _ policy: ClientPolicy = plain) async -> Outcome {
        await post(ClientRequest(url: url, body: Array("{}".utf8)), policy)
    }

    func closed() async {
        await withCheckedContinuation { continuation in
            close { continuation.resume() }
        }
    }
}

extension Result where Success == ClientResponse, Failure == ClientFailure {
    var failure: ClientFailure? {
        if case .failure(let failure) = self { failure } else { nil }
    }

    var response: ClientResponse? { try? get() }
}
