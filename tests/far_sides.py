"""Far sides of our own, on loopback: an API that gives back what it was sent, and a provider that behaves as told.

The provider speaks https (a credential is sent over nothing else) and stands where the sandbox would: with the sandbox
off, a sandbox profile goes to `{public URL}/sandbox/{workspace}/{tenant}`. The tenant's first label says what it does.
"""

import base64
import contextlib
import http.server
import json
import re
import ssl
import tempfile
import threading
import urllib.parse
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import trustme

from console.adapters import deadline as deadlines
from console.services import wiring
from tests.patience import LONG_S
from tests.vectors.bad_input import faultserver

HEADER_LIMIT = 90  # of 100 that the standard library reads


def spellings(text):
    """A text in the forms in which a careless far side, or a careless part of ours, might write it."""
    raw = text.encode()
    standard, url = base64.b64encode(raw).decode().rstrip("="), base64.urlsafe_b64encode(raw).decode().rstrip("=")
    forms = [text, standard, url, urllib.parse.quote(text, safe=""), json.dumps(text)[1:-1], raw.hex()]
    return list(dict.fromkeys(form for form in forms if len(form) >= 8))


def echo(pieces):
    """What was sent, once more in every spelling: (headers, JSON members)."""
    written = [form for piece in dict.fromkeys(pieces) if piece for form in spellings(piece)]
    headers = [(f"X-Echo-{number}", form) for number, form in enumerate(written)]
    return headers[:HEADER_LIMIT], {"you_sent": list(pieces), "spelled": written, "escaped": json.dumps(written)}


def sent_pieces(headers, body):
    """Header values, what stands behind their scheme, fields of a form and strings of a JSON body, longest first."""
    values = [value for name, value in headers.items() if name.lower() not in ("host", "content-length")]
    pieces = {piece for value in values for piece in (value, value.partition(" ")[2])}
    pieces |= {value for _, value in urllib.parse.parse_qsl(body)}
    with contextlib.suppress(ValueError):
        pieces |= {str(value) for value in json.loads(body).values()}
    return sorted(filter(None, pieces), key=len, reverse=True)


class Quiet(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def body(self):
        return self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("latin-1")

    def reply(self, status, members, headers=()):
        self.write(status, json.dumps(members).encode(), [("Content-Type", "application/json"), *headers])

    def write(self, status, raw, headers):
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(raw)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)


class _Api(Quiet):
    """Answers every path with `server.answer(path)` where that gives something, else 401 and an echo of everything."""

    def do_GET(self):
        body = self.body()
        self.server.seen.append(
            {
                "method": self.command,
                "path": self.path,
                "headers": dict(self.headers),
                "pairs": self.headers.items(),
                "body": body,
            }
        )
        told = self.server.answers.get(urllib.parse.urlsplit(self.path).path)
        if told is not None:
            status, headers, *raw = told
            return self.write(status, raw[0], headers) if raw else self.reply(status, {"status": "Running"}, headers)
        headers, members = echo([*sent_pieces(self.headers, body), body, self.path])
        challenge = f'Bearer error="invalid_token", error_description="{self.headers.get("Authorization", "")}"'
        return self.reply(401, members, [*headers, ("WWW-Authenticate", challenge), ("Set-Cookie", f"sid={COOKIE}")])

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 (the standard library's names)


COOKIE = "canary-cookie-of-the-far-side-77aa"


class _Fault(faultserver.Handler):
    """The misbehaving server's answers, written by a handler that has read the request already.

    Its documents name the issuer that was asked for, or what a variant makes of it.
    """

    def __init__(self, handler, authority):
        self.__dict__ = handler.__dict__
        self.authority = authority

    def reply(self, code=200, body=b"", *kind, **headers):
        own = (
            body if isinstance(body, bytes) else re.sub(r'("issuer": ")[^"]*/idp/[^/"]*', rf"\1{self.authority}", body)
        )
        super().reply(code, own, *kind, **headers)


class _Provider(Quiet):
    """granting, opaque: a token, with everything sent echoed beside it. refusing: 401 with the echo. hanging: waits for
    `server.go_on` before it grants. fault-<variant>: a variant of the misbehaving server."""

    def do_GET(self):
        path, body = urllib.parse.urlsplit(self.path).path, self.body()
        base, tenant, rest = re.fullmatch(r"((?:/sandbox/[\w-]+|/idp)/([\w.-]+))/(?:v2.0/)?(.*)", path).groups()
        authority, kind = self.server.url + base, tenant.split(".")[0]
        self.server.seen.append({"method": self.command, "path": path, "kind": kind, "body": body})
        variant = kind.removeprefix("fault-")
        if variant != kind or path.startswith("/idp/"):
            return _Fault(self, authority).idp(variant, rest, body)
        if rest.endswith("openid-configuration"):
            endpoint = f"{authority}/oauth2/v2.0/token"
            members = {"issuer": f"{authority}/v2.0", "token_endpoint": endpoint, "jwks_uri": f"{authority}/keys"}
            return self.reply(200, {**members, "authorization_endpoint": f"{authority}/authorize"})
        return self.token(kind, body)

    do_POST = do_GET  # noqa: N815 (the standard library's name)

    def token(self, kind, body):
        self.server.asked.set()
        if kind == "hanging":
            self.server.go_on.wait(LONG_S)
        headers, members = echo(sent_pieces(self.headers, body))
        if kind == "failing":
            return self.reply(503, {})
        if kind == "refusing":
            refusal = {"error": "invalid_client", "error_description": f"AADSTS7000215: {members['you_sent']}"}
            return self.reply(401, {**refusal, **members}, headers)
        token = self.server.tokens.get(kind) or next(iter(self.server.tokens.values()))
        extra = {"refresh_token": self.server.refresh_token, "access_token": token, "token_type": "Bearer"}
        if kind == "short":
            extra["expires_in"] = 30
        if kind == "lifeless":
            extra["expires_in"] = None
        return self.reply(200, {"expires_in": 3600, **members, **extra}, headers)


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    scheme = "http"

    def __init__(self, handler):
        super().__init__(("127.0.0.1", 0), handler)
        self.seen = []

    @property
    def port(self):
        return self.server_address[1]

    @property
    def url(self):
        return f"{self.scheme}://127.0.0.1:{self.port}"

    def handle_error(self, *args):
        """A client that went away, or a fault that was asked for."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args):
        self.shutdown()
        self.server_close()


class EchoApi(_Server):
    """`answers` maps a path to (status, headers), with a body of its own behind them where that is no JSON; every other
    path echoes what it was sent."""

    def __init__(self):
        super().__init__(_Api)
        self.answers = {}


class Provider(_Server):
    """`tokens` maps a behaviour to the token it grants; `seen` counts what was asked."""

    scheme = "https"
    stop = threading.Event()

    def __init__(self, tokens=None, refresh_token="canary-refresh-token-1f2e3d4c"):
        super().__init__(_Provider)
        self.tokens = tokens or {"granting": "canary-granted-token-0a1b2c3d4e5f"}
        self.refresh_token = refresh_token
        self.asked, self.go_on = threading.Event(), threading.Event()
        authority = trustme.CA()
        with tempfile.NamedTemporaryFile("wb", suffix=".pem", delete=False) as file:
            file.write(authority.cert_pem.bytes())
        self.ca_bundle = Path(file.name)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    def __exit__(self, *args):
        self.go_on.set()
        super().__exit__(*args)
        self.ca_bundle.unlink()

    def token_requests(self):
        return [one for one in self.seen if one["method"] == "POST"]


def allow(settings, *servers):
    """Opens the guard for these servers, as an operator would; gives nothing else of this machine away.

    Servers that speak plain http are listed as such. At most one speaks https with an authority of its own.
    """
    ports = [(server, port) for server in servers for port in getattr(server, "ports", None) or [server.port]]
    flags = {server.url: "" if server.url.startswith("https") else "http://" for server in servers}
    settings.CONSOLE_EGRESS_ALLOW = ", ".join(f"{flags[server.url]}127.0.0.1:{port}" for server, port in ports)
    bundles = [str(server.ca_bundle) for server in servers if server.url.startswith("https")]
    assert len(bundles) <= 1, "only one of them would be believed"
    settings.CONSOLE_CA_BUNDLE = bundles[0] if bundles else ""
    wiring.egress_policy.cache_clear()


def stand_in(settings, provider):
    """Sends the profiles of the sandbox to this provider."""
    settings.CONSOLE_SANDBOX = False
    settings.CONSOLE_PUBLIC_URL = provider.url


def hurry(monkeypatch):
    """A short deadline for far sides that never end and of which nothing need arrive."""
    policy = replace(wiring.egress_policy(), deadline_s=0.5, call_s=0.5)
    monkeypatch.setattr(wiring, "egress_policy", lru_cache(lambda: policy))


def end_when_dripped(monkeypatch, server):
    """Calls to this misbehaving server reach their deadline when the first of its drips are there, not by the clock.

    How fast the machine is decides nothing then: neither what has arrived, nor whether it is all.
    """
    dripped = server.dripped = threading.Event()

    def take(deadline):
        def end():
            if dripped.wait(LONG_S):
                deadline.end()

        threading.Thread(target=end, daemon=True).start()

    monkeypatch.setattr(deadlines._watch, "take", take)
