import Foundation
import Glibc
@testable import HTTPServer
import Testing

struct ListenErrorTests {
    private func refusal(_ text: String) throws -> String {
        let error = #expect(throws: ListenError.self) {
            try ListenSocket.listen(on: Address(text))
        }
        return try #require(error).description
    }

    @Test(arguments: [
        ("192.0.2.1:8099", "192.0.2.1:8099: is no address of this machine"),
        ("[2001:db8::1]:8099", "[2001:db8::1]:8099: "),
        ("unix:/nonexistent/x/s", "/nonexistent/x/s: the folder of the socket is missing"),
        ("unix:/etc/passwd/s", "/etc/passwd/s: the folder of the socket is no folder"),
    ])
    func `an address that cannot be had is told in words`(text: String, words: String) throws {
        let told = try refusal(text)
        #expect(told.hasPrefix(words), "\(told)")
        #expect(!told.contains("error "), "\(told)")
    }

    @Test func `every number has words, and those one can act on say how`() {
        let address = Address.tcp(host: "fe80::1", port: 80)
        for number in 1...133 as ClosedRange<Int32> {
            for place in [address, .unix(path: "/s")] {
                let told = ListenError.refused(place, errno: number).description
                #expect(!told.hasSuffix(": error \(number)") && !told.hasSuffix(": "), "\(told)")
            }
        }
        let linkLocal = ListenError.refused(address, errno: EINVAL).description
        #expect(linkLocal.contains("as in [fe80::1%eth0]:80"))
        let port = ListenError.refused(.tcp(host: "h", port: 443), errno: EACCES).description
        #expect(port.contains("ports below 1024"))
        let odd = ListenError.refused(.tcp(host: "h", port: 8443), errno: ENOBUFS).description
        #expect(odd == "h:8443: No buffer space available")
    }

    @Test func `the path of a unix socket may have 107 bytes`() throws {
        let folder = try World.makeFolder().path
        let rest = Address.unixPathBytes - folder.utf8.count - 1
        let path = folder + "/" + String(repeating: "s", count: rest)
        let socket = try ListenSocket.unix(path: path)
        #expect(Address.unixPathBytes == 107 && socket.lostPath == nil)
        socket.close()
        #expect(!FileManager.default.fileExists(atPath: path))
        #expect(throws: ListenError.pathTooLong(path + "s")) {
            try ListenSocket.unix(path: path + "s")
        }
        #expect(ListenError.pathTooLong(path + "s").description.contains("at most 107"))
    }
}
