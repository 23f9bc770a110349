"""A far side of our own that binds tokens: a token endpoint and an API in one, over https on loopback.

It judges proofs (RFC 9449) and certificates (RFC 8705) by PyJWT and `ssl` alone, and shares no code with the console.
"""

import base64
import hashlib
import http.server
import json
import ssl
import tempfile
import threading
from pathlib import Path

import jwt
import trustme
from cryptography.hazmat.primitives.asymmetric import rsa

KEY = rsa.generate_private_key(65537, 2048)
REDIRECT = "/redirects"


def b64(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def thumbprint(jwk):
    names = {"RSA": ("e", "kty", "n"), "EC": ("crv", "kty", "x", "y")}[jwk["kty"]]
    return b64(hashlib.sha256(json.dumps({name: jwk[name] for name in names}, separators=(",", ":")).encode()).digest())


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        shown = self.connection.getpeercert(binary_form=True)
        self.cert = b64(hashlib.sha256(shown).digest()) if shown else ""
        proofs = self.headers.get_all("DPoP") or []
        if any(mark in self.path for mark in ("/.well-known/", "jwk", "keys")):  # whoever judges a token asks for keys
            return self.reply(404, {})
        self.server.seen.append(
            {"path": self.path, "body": body, "cert": self.cert, "proofs": proofs, "headers": dict(self.headers)}
        )
        if self.path.startswith(REDIRECT):
            return self.reply(307, {}, Location=f"{self.server.elsewhere}/token")
        return self.token(proofs) if self.path.partition("?")[0] == "/token" else self.api(proofs)

    do_GET = do_POST  # noqa: N815 (the standard library's names)

    def token(self, proofs):
        if not proofs:
            bound = {"x5t#S256": self.cert} if self.cert else {}
            return self.grant("Bearer", bound)
        problem, jwk = self.judged(proofs, token="")
        if problem:
            return self.reply(400, {"error": problem}, **self.nonce(problem))
        return self.grant("DPoP", {"jkt": thumbprint(jwk)})

    def grant(self, kind, bound):
        claims = {"sub": "c", "aud": "https://api.example", **({"cnf": bound} if bound else {})}
        token = jwt.encode(claims, KEY, "RS256") if self.server.tokens_are_readable else "opaque-token-0123456789"
        return self.reply(200, {"access_token": token, "token_type": kind, "expires_in": 3600})

    def api(self, proofs):
        scheme, _, token = self.headers.get("Authorization", "").partition(" ")
        bound = jwt.decode(token, options={"verify_signature": False}).get("cnf", {}) if token.count(".") == 2 else {}
        if "jkt" in bound:
            problem, jwk = self.judged(proofs, token=token) if scheme == "DPoP" else ("invalid_token", {})
            problem = problem or ("" if thumbprint(jwk) == bound["jkt"] else "invalid_token")
            challenge = {"WWW-Authenticate": f'DPoP error="{problem}", algs="ES256"', **self.nonce(problem)}
            return self.reply(401, {}, **challenge) if problem else self.answer({"ok": True})
        is_shown = bound.get("x5t#S256", self.cert) == self.cert
        return self.answer({"cert": self.cert}) if is_shown else self.reply(401, {"cert": self.cert})

    def answer(self, members):
        """What was asked for, or work that takes long and is looked at elsewhere."""
        if self.path.endswith("/work"):
            place = f"{self.server.url}/api/operations/1"
            return self.reply(202, {}, **{"Operation-Location": place, "Retry-After": "0"})
        return self.reply(200, {"status": "succeeded"} if "/operations/" in self.path else members)

    def judged(self, proofs, *, token):
        """("", the key) of a proof that is as it must be; else the error."""
        if len(proofs) != 1:
            return "invalid_dpop_proof", {}
        head = jwt.get_unverified_header(proofs[0])
        key = jwt.PyJWK(head["jwk"], algorithm=head["alg"])
        claims = jwt.decode(proofs[0], key, algorithms=["ES256", "RS256"], options={"verify_iat": False})
        url = f"{self.server.url}{self.path.partition('?')[0]}"
        wanted = {"typ": head["typ"]} == {"typ": "dpop+jwt"} and not {"d", "p", "q"} & head["jwk"].keys()
        is_here = (claims["htm"], claims["htu"]) == (self.command, url)
        is_hashed = not token or claims.get("ath") == b64(hashlib.sha256(token.encode()).digest())
        is_new = claims["jti"] not in self.server.used
        self.server.used.add(claims["jti"])
        if not (wanted and is_here and is_hashed and is_new):
            return "invalid_dpop_proof", {}
        if self.server.nonces == "endless" or (self.server.nonces == "once" and claims.get("nonce") not in NONCES):
            return "use_dpop_nonce", {}
        return "", head["jwk"]

    def nonce(self, problem):
        if problem != "use_dpop_nonce":
            return {}
        made = f"{self.server.nonce}{len(self.server.used)}"
        NONCES.add(made)
        return {"DPoP-Nonce": made}

    def reply(self, status, members, **headers):
        raw = json.dumps(members).encode()
        self.send_response(status)
        for name, value in {"Content-Type": "application/json", "Content-Length": str(len(raw)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(raw)


NONCES = set()


class BoundSide(http.server.ThreadingHTTPServer):
    """`nonces`: "" (none wanted), "once", or "endless": another one each time. `seen` is what came, `used` the ids of
    proofs."""

    daemon_threads = True

    def __init__(self, authority=None):
        super().__init__(("127.0.0.1", 0), _Handler)
        self.seen, self.used, self.nonces, self.nonce = [], set(), "", "nonce-"
        self.tokens_are_readable, self.elsewhere = True, ""
        self.authority = authority or trustme.CA()
        with tempfile.NamedTemporaryFile("wb", suffix=".pem", delete=False) as file:
            file.write(self.authority.cert_pem.bytes())
        self.ca_bundle = Path(file.name)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.authority.issue_cert("127.0.0.1").configure_cert(context)
        self.authority.configure_trust(context)
        context.verify_mode = ssl.CERT_OPTIONAL
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def port(self):
        return self.server_address[1]

    @property
    def url(self):
        return f"https://127.0.0.1:{self.port}"

    def client_files(self, name="client"):
        """Key and certificate chain of a client, in PEM: what is uploaded."""
        issued = self.authority.issue_cert("client.example", common_name=name)
        return [issued.private_key_pem.bytes(), b"".join(blob.bytes() for blob in issued.cert_chain_pems)]

    def proof_claims(self):
        return [jwt.decode(one, options={"verify_signature": False}) for seen in self.seen for one in seen["proofs"]]

    def handle_error(self, *args):
        """A client that went away."""

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *args):
        self.shutdown()
        self.server_close()
        self.ca_bundle.unlink()
