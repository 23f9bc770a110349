"""A far side that gives back whatever it was sent, in every spelling: what redaction must survive."""

import base64
import http.server
import json
import threading
import urllib.parse


class _Echo(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("latin-1")
        said = [*(f"{name}: {value}" for name, value in self.headers.items()), body]
        bare = [value.rpartition(" ")[2] for value in self.headers.values()]
        answer = {
            "plain": said,
            "base64": [base64.b64encode(item.encode()).decode() for item in bare],
            "base64url": [base64.urlsafe_b64encode(item.encode()).decode() for item in bare],
            "percent": [urllib.parse.quote(item, safe="") for item in bare],
            "escaped": json.dumps(json.dumps(bare)),
            "hex": [item.encode().hex() for item in bare],
        }
        raw = json.dumps(answer).encode()
        self.send_response(401)
        self.send_header("Content-Type", "application/json")
        self.send_header("X-You-Sent", bare[0][:200] if bare else "")
        self.send_header("X-Authorization-Echo", self.headers.get("Authorization", ""))
        self.send_header("WWW-Authenticate", f'Bearer error="invalid_token", error_description="{bare[-1]}"')
        self.send_header("Content-Length", str(len(raw)))
        self.end_headers()
        self.wfile.write(raw)

    do_POST = do_GET


class EchoServer(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Echo)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args):
        self.shutdown()
        self.server_close()
