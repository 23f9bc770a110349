"""A workspace to test with: real keys, a signed assertion, and requests as clients send them."""

import base64
import hashlib
import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import jwt
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from console.core.exchange import Failure, Request, Response
from console.sandbox.defaults import SampleCatalogue, sample_catalogue
from console.sandbox.handler import handle
from console.sandbox.keys import SandboxKeys
from console.sandbox.registration import put_client, with_certificate
from console.sandbox.state import State

NOW = 1_800_000_000
BASE = "https://console.example/sandbox/w1"
ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM = ("Content-Type", "application/x-www-form-urlencoded")


@dataclass(frozen=True)
class KeyPair:
    private_pem: str
    certificate_pem: str
    x5t: str
    x5t_s256: str


@lru_cache
def key_pair(name: str, *, days: int = 100_000, key_name: str = "") -> KeyPair:
    """A self-signed certificate that ends `days` after NOW - 1000 days; `key_name` shares another pair's key."""
    key = _rsa(key_name or name)
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = datetime.fromtimestamp(NOW, UTC) - timedelta(days=1000)
    end = min(start + timedelta(days=days), datetime(2099, 1, 1, tzinfo=UTC))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(start)
        .not_valid_after(end)
        .sign(key, hashes.SHA256())
    )
    der = certificate.public_bytes(serialization.Encoding.DER)
    return KeyPair(
        _pem(key),
        certificate.public_bytes(serialization.Encoding.PEM).decode(),
        encode(hashlib.sha1(der).digest()),
        encode(hashlib.sha256(der).digest()),
    )


@lru_cache
def _rsa(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def _pem(key: rsa.RSAPrivateKey) -> str:
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


@lru_cache
def keys() -> SandboxKeys:
    return SandboxKeys(_pem(_rsa("signing")))


@lru_cache
def samples() -> SampleCatalogue:
    """The sample catalogue, its certificate client with the certificate "client"."""
    made = sample_catalogue("seed of the tests")
    client = with_certificate(made.certificate_client, key_pair("client").certificate_pem)
    return replace(made, state=put_client(made.state, client), certificate_client=client)


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    header, claims = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in token.split(".")[:2])
    return header, claims


def tenant_url(base: str = BASE) -> str:
    return f"{base}/{samples().state.tenant_id}"


def token_url(base: str = BASE) -> str:
    return f"{tenant_url(base)}/oauth2/v2.0/token"


def scope(api_id: str | None = None) -> str:
    return f"api://{api_id or samples().orders.id}/.default"


def secret_form(**changes: str | None) -> dict[str, str]:
    form = {
        "grant_type": "client_credentials",
        "client_id": samples().secret_client.id,
        "client_secret": samples().client_secret,
        "scope": scope(),
        **changes,
    }
    return {name: value for name, value in form.items() if value is not None}


def assertion(
    *, pair: KeyPair | None = None, alg: str = "PS256", header: dict[str, Any] | None = None, **claims: Any
) -> str:
    pair = pair or key_pair("client")
    client_id = samples().certificate_client.id
    named = {"x5t#S256": pair.x5t_s256} if alg.startswith("PS") else {"x5t": pair.x5t}
    content = {
        "aud": token_url(),
        "iss": client_id,
        "sub": client_id,
        "jti": "jti-1",
        "nbf": NOW,
        "iat": NOW,
        "exp": NOW + 600,
        **claims,
    }
    content = {name: value for name, value in content.items() if value is not None}
    return jwt.encode(content, pair.private_pem, algorithm=alg, headers=named if header is None else header)


def assertion_form(text: str, **changes: str | None) -> dict[str, str]:
    return secret_form(
        **{
            "client_id": samples().certificate_client.id,
            "client_secret": None,
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": text,
            **changes,
        }
    )


def post_form(form: dict[str, str], url: str | None = None, *headers: tuple[str, str]) -> Request:
    return Request("POST", url or token_url(), (FORM, *headers), urlencode(form).encode())


def send(request: Request, state: State | None = None, now: int = NOW) -> tuple[Response | Failure, State]:
    return handle(request, state or fresh(), now, keys=keys())


def fresh(fault: str | None = None, entropy: str = "e1") -> State:
    return replace(samples().state, entropy=entropy, fault=fault)


def answered(request: Request, state: State | None = None, now: int = NOW) -> Response:
    answer, _ = send(request, state, now)
    assert isinstance(answer, Response), answer
    return answer


def body_of(response: Response) -> Any:
    return json.loads(response.body)


def token_for(state: State | None = None, *, form: dict[str, str] | None = None, now: int = NOW) -> str:
    return body_of(answered(post_form(form or secret_form()), state, now))["access_token"]


def call(
    token: str | None = None,
    *,
    path: str = "/orders/orders",
    method: str = "GET",
    base: str = BASE,
    key: str | None = "sample",
    headers: tuple[tuple[str, str], ...] = (),
    query: str = "",
    body: bytes = b"",
) -> Request:
    value = samples().subscription_key if key == "sample" else key
    sent = list(headers)
    if token is not None:
        sent.append(("Authorization", f"Bearer {token}"))
    if value is not None:
        sent.append(("Ocp-Apim-Subscription-Key", value))
    return Request(method, f"{base}/gateway{path}" + (f"?{query}" if query else ""), tuple(sent), body)
