import Foundation
import HTTPClient
import RelayTesting
import Testing

/// HTTP/2 as a server of the world speaks it: nginx, which passes each request on to a server of
/// ours that answers none before all are here.
struct HTTP2Tests {
    private static let nginx = Servant.find("nginx")
    let worker = HTTPWorker(label: "test")

    @Test(.enabled(if: nginx != nil, "nginx is not here"))
    func `requests at once share one connection where HTTP/2 is offered`() async throws {
        let gathering = Gathering(of: 16)
        let world = try World(gathering)
        let responses = await world.postAll(16, on: worker, http2: true)
        #expect(responses.count == 16)
        #expect(responses.allSatisfy { $0.status == 200 && $0.httpVersion == "2" })
        #expect(responses.count { !$0.reusedConnection } == 1, "one connection for all of them")
        await worker.closed()
    }

    @Test(.enabled(if: nginx != nil, "nginx is not here"))
    func `more than a connection may carry at once open another one`() async throws {
        let gathering = Gathering(of: 16)
        let world = try World(gathering, streams: 8)
        let responses = await world.postAll(16, on: worker, http2: true)
        #expect(responses.count == 16)
        #expect(responses.allSatisfy { $0.status == 200 && $0.httpVersion == "2" })
        #expect(responses.count { !$0.reusedConnection } > 1)
        await worker.closed()
    }

    @Test(.enabled(if: nginx != nil, "nginx is not here"))
    func `a policy without HTTP/2 gets a connection for each`() async throws {
        let gathering = Gathering(of: 4)
        let world = try World(gathering)
        let responses = await world.postAll(4, on: worker, http2: false)
        #expect(responses.count == 4)
        #expect(responses.allSatisfy { $0.status == 200 && $0.httpVersion == "1.1" })
        #expect(responses.allSatisfy { !$0.reusedConnection })
        await worker.closed()
    }

    private struct World {
        let front: Servant
        let back: ScriptedServer

        init(_ gathering: Gathering, streams: Int = 128) throws {
            let back = ScriptedServer { connection in
                guard connection.readRequest() != nil else { return }
                gathering.comeAndWait()
                connection.write(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")
            }
            self.back = back
            front = try Servant(nginx ?? "") { folder, port in
                try Certificate.make(in: folder)
                let text = """
                    daemon off; master_process off; pid \(folder.path)/pid;
                    error_log \(folder.path)/errors.log;
                    events { worker_connections 256; }
                    http {
                      access_log off;
                      client_body_temp_path \(folder.path)/body;
                      proxy_temp_path \(folder.path)/proxy;
                      fastcgi_temp_path \(folder.path)/fastcgi;
                      uwsgi_temp_path \(folder.path)/uwsgi;
                      scgi_temp_path \(folder.path)/scgi;
                      server {
                        listen 127.0.0.1:\(port) ssl http2;
                        http2_max_concurrent_streams \(streams);
                        ssl_certificate \(folder.path)/cert.pem;
                        ssl_certificate_key \(folder.path)/key.pem;
                        location / { proxy_pass http://127.0.0.1:\(back.port); }
                      }
                    }
                    """
                let file = folder.appending(path: "nginx.conf")
                try text.write(to: file, atomically: true, encoding: .utf8)
                return ["-p", folder.path, "-c", file.path]
            }
        }

        func postAll(_ count: Int, on worker: HTTPWorker, http2: Bool) async -> [ClientResponse] {
            let policy = ClientPolicy(
                caFile: front.folder.appending(path: "cert.pem").path, http2: http2)
            let url = "https://127.0.0.1:\(front.port)/in"
            return await withTaskGroup(of: ClientResponse?.self) { group in
                for _ in 0..<count {
                    group.addTask { await worker.post(url, policy).response }
                }
                return await group.reduce(into: []) { all, one in
                    if let one { all.append(one) }
                }
            }
        }
    }
}
