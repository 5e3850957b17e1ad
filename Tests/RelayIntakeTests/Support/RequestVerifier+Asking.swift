import HTTPServer
import RelayCore
import RelayIntake

extension RequestVerifier {
    func accepts(
        _ headers: [HeaderField], _ body: [UInt8] = Vendor.body, at now: Timestamp = Vendor.now
    ) -> Bool {
        sender(headers, body, at: now) != nil
    }

    func sender(
        _ headers: [HeaderField], _ body: [UInt8] = Vendor.body, at now: Timestamp = Vendor.now
    ) -> VerifiedSender? {
        verify(
            RequestHead(method: "POST", path: "/hooks/s/h", headers: headers), body: body, at: now)
    }
}
