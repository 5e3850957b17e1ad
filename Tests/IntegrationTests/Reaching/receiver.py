"""A receiver that checks each request with the reference library of Standard Webhooks.

    receiver.py SECRET

Prints the port it listens on, then one line of JSON for each request: whether the signature holds
for the bytes that came, the headers and the body.
"""

import json
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

from standardwebhooks import Webhook, WebhookVerificationError


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            Webhook(sys.argv[1]).verify(body, headers)
            verified = True
        except WebhookVerificationError:
            verified = False
        said = {"verified": verified, "headers": headers, "body": body.decode()}
        print(json.dumps(said), flush=True)
        self.send_response(204)
        self.end_headers()

    def log_message(self, *words):
        pass


server = HTTPServer(("127.0.0.1", 0), Receiver)
print("port", server.server_port, flush=True)
server.serve_forever()
