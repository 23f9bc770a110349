"""Proofs that a client holds the key to which its tokens are bound (RFC 9449)."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

from console.core.challenge import parse_challenges
from console.core.credential import Secret, SigningKey
from console.core.exchange import Exchange, Header, Response, header
from console.core.json import strict as strict_json
from console.core.oauth import assertion
from console.core.oauth.fresh import Fresh
from console.core.oauth.token_use import DPOP
from console.core.tokens import base64url
from console.core.tokens.signing_keys import public_members

HEADER = "DPoP"
NONCE_HEADER = "DPoP-Nonce"
WANTED = "use_dpop_nonce"
Prove = Callable[[str, str, str], str]  # method, URL and nonce ("" for none) give a proof
_NONCE = re.compile(r"[\x21\x23-\x5b\x5d-\x7e]{1,1000}")  # 1*NQCHAR, section 8.1; the length is ours


def proof(key: SigningKey, *, method: str, url: str, fresh: Fresh, token: Secret | None = None, nonce: str = "") -> str:
    """A proof for one request (section 4.2); `fresh.jti` must be new for each. With `token`, which goes along, its
    hash; with `nonce` the server's. `htu` is the URL without query and fragment.
    """
    split = urlsplit(url)
    claims: dict[str, object] = {
        "jti": fresh.jti,
        "htm": method,
        "htu": f"{split.scheme}://{split.netloc}{split.path}",
        "iat": fresh.now,
    }
    if token is not None:
        claims["ath"] = base64url.encode(hashlib.sha256(token.reveal().encode("ascii", "replace")).digest())
    if nonce:
        claims["nonce"] = nonce
    head = {"typ": "dpop+jwt", "jwk": public_members(key.facts)}
    return assertion.sign(key, head, claims, assertion.algorithms_of(key.facts)[0])


def nonce_wanted(response: Response | None) -> str:
    """The nonce that the server wants in the proof (sections 8 and 9); "" when it wants none, or names none to use."""
    if response is None or not (_token_endpoint_wants(response) or _api_wants(response)):
        return ""
    nonce = response.header(NONCE_HEADER) or ""
    return nonce if _NONCE.fullmatch(nonce) else ""


def _token_endpoint_wants(response: Response) -> bool:
    if response.status not in (400, 401):
        return False
    reading = strict_json.read(response.body[:10_000])
    return reading.is_json and isinstance(reading.value, dict) and reading.value.get("error") == WANTED


def _api_wants(response: Response) -> bool:
    values = (value for name, value in response.headers if name.lower() == "www-authenticate")
    challenges = [one for value in values for one in parse_challenges(value)]
    is_wanted = any(one.is_scheme("DPoP") and one.params.get("error") == WANTED for one in challenges)
    return response.status == 401 and is_wanted


def is_dpop(token_type: str) -> bool:
    """Whether a token is to be sent with a proof (section 5)."""
    return token_type.strip().lower() == DPOP


def with_proof_read(exchange: Exchange) -> Exchange:
    """The exchange with the proof that its request carried decoded, if it carried one."""
    text = header(exchange.request.headers, HEADER)
    return replace(exchange, proof=assertion.decode(text)) if text else exchange


def with_proof(headers: tuple[Header, ...], text: str) -> tuple[Header, ...]:
    """The headers with this proof in place of another (one field, section 4.3)."""
    return (*(one for one in headers if one[0].lower() != "dpop"), (HEADER, text))
