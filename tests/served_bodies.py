"""An API on loopback that answers with bodies that are told: pictures, long texts, what a test makes of the request."""

import http.server
import threading


class Bodies(http.server.ThreadingHTTPServer):
    """Answers each path of `told` with (media type, body)."""

    daemon_threads = True

    def __init__(self, told):
        self.told = told
        super().__init__(("127.0.0.1", 0), _Answer)
        self.port = self.server_address[1]
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.shutdown()
        self.server_close()


class _Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        media_type, body = self.server.told[self.path]
        if callable(body):
            body = body(self.headers)
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass
