"""Decrypts one encrypted token (JWE compact serialization, RFC 7516) with a key that somebody gave.

The header comes from whoever made the token, so every parameter that costs time or memory is capped before work begins.
"""

import zlib
from copy import copy
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from joserfc.errors import ExceededSizeError, JoseError
from joserfc.jwe import JWERegistry, decrypt_compact
from joserfc.jwk import Key
from joserfc.registry import HeaderParameter

from console.core.json import strict as strict_json
from console.core.json.text import shorten
from console.core.tokens import jwe_keys
from console.core.tokens.parse import parse
from console.core.tokens.token import Token, TokenKind

MAX_HEADER = 1024  # characters of base64url, as all lengths of parts here
MAX_ENCRYPTED_KEY = 1024
MAX_CONTENT = 64 * 1024
MAX_INFLATED = 250 * 1024  # bytes
MAX_ROUNDS = 1_200_000
ALGORITHMS = (
    "RSA-OAEP", "RSA-OAEP-256", "A128KW", "A192KW", "A256KW", "dir",
    "ECDH-ES", "ECDH-ES+A128KW", "ECDH-ES+A192KW", "ECDH-ES+A256KW", "A128GCMKW", "A192GCMKW", "A256GCMKW",
    "PBES2-HS256+A128KW", "PBES2-HS384+A192KW", "PBES2-HS512+A256KW",
)  # fmt: skip
_SIZES = {  # enc: bytes of iv and tag (RFC 7518 section 5)
    "A128CBC-HS256": (16, 16), "A192CBC-HS384": (16, 24), "A256CBC-HS512": (16, 32),
    "A128GCM": (12, 16), "A192GCM": (12, 16), "A256GCM": (12, 16),
}  # fmt: skip
_DIRECT = frozenset({"dir", "ECDH-ES"})
_MALFORMED = frozenset({
    "padding", "not-base64url", "base64-length", "trailing-bits", "white-space-inside", "byte-order-mark",
    "duplicate-member", "nan", "kid-not-a-string",
})  # fmt: skip
_TRUE_TOKENS = frozenset({TokenKind.JWS, TokenKind.UNSECURED, TokenKind.JWE})


@dataclass(frozen=True, slots=True, repr=False)
class Decrypted:
    """What came out. `problem` is "" on success, else one sentence, and nothing else is filled.

    `text` is the content; what is no UTF-8 is shown as hex, and `notes` say so. `token` is a token inside, parsed and
    not verified. `claims` are the claims when the content is a JSON object itself; encryption says nothing about who
    wrote them.
    """

    text: str = ""
    token: Token | None = None
    problem: str = ""
    claims: dict[str, Any] | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_decrypted(self) -> bool:
        return not self.problem

    def __repr__(self) -> str:
        return f"Decrypted({self.problem or f'{len(self.text)} characters'})"


def decrypt(text: str, key: str) -> Decrypted:
    """The content of an encrypted token. Never raises, keeps nothing of the key, opens nothing the header names.

    `key` is a JWK, a JWKS, a PEM private key without password, base64url of the shared key (dir, AES key wrap), or the
    password (PBES2).
    """
    token = parse(text)
    problem = _refusal(token)
    if problem:
        return Decrypted(problem=problem)
    wanted = _wanted(token.header or {})
    candidates = jwe_keys.read(key, wanted)
    if candidates.problem:
        return Decrypted(problem=candidates.problem)
    tried = Decrypted()
    for candidate in candidates.keys:
        tried = _try(token, candidate, wanted.alg)
        if tried.is_decrypted:
            break
    return tried


def _wanted(header: dict[str, Any]) -> jwe_keys.WantedKey:
    kid, epk = header.get("kid", ""), header.get("epk")
    crv = epk.get("crv") if isinstance(epk, dict) and header["alg"].startswith("ECDH") else ""
    return jwe_keys.WantedKey(header["alg"], header["enc"], kid, crv if isinstance(crv, str) else "")


def _refusal(token: Token) -> str:
    """Why the token is not worked on; "" when every cap holds."""
    if token.kind is not TokenKind.JWE or token.header is None:
        return "This is no encrypted token: a JWE has five parts and names its encryption in enc."
    header, defects = token.header, token.defects
    return (
        _size_problem(token)
        or next((defect.message for defect in defects if defect.code in _MALFORMED), "")
        or _algorithm_problem(header)
        or _cost_problem(header)
        or _parts_problem(token, header)
    )


def _size_problem(token: Token) -> str:
    caps = (("header", MAX_HEADER), ("encrypted key", MAX_ENCRYPTED_KEY), ("iv", 64), ("content", MAX_CONTENT))
    for part, (name, cap) in zip(token.parts, caps, strict=False):
        if len(part.encoded) > cap:
            return f"The {name} has {len(part.encoded)} characters; more than {cap} are not decrypted here."
    return ""


def _algorithm_problem(header: dict[str, Any]) -> str:
    alg, enc = header.get("alg"), header.get("enc")
    if not isinstance(alg, str) or not isinstance(enc, str):
        return "The header must name its algorithms in alg and enc, as texts."
    if alg == "RSA1_5":
        return (
            "RSA1_5 is not decrypted here: it is deprecated, because a server that decrypts it can be made to give "
            "its content away (padding oracle); ask the sender for RSA-OAEP-256."
        )
    if alg not in ALGORITHMS:
        return f"The algorithm “{shorten(alg, 40)}” is not decrypted here; known are {', '.join(ALGORITHMS)}."
    if enc not in _SIZES:
        return f"The content encryption “{shorten(enc, 40)}” is not decrypted here; known are {', '.join(_SIZES)}."
    return ""


def _cost_problem(header: dict[str, Any]) -> str:
    """What would cost work, or change the meaning, beyond what is known here."""
    if "crit" in header:
        return "The header names critical extensions (crit), none of which is understood here, so it must be refused."
    if "zip" in header and header["zip"] != "DEF":
        return "The content is compressed in a way that is not known here; only DEF is."
    if not header["alg"].startswith("PBES2"):
        return ""
    rounds = header.get("p2c")
    if isinstance(rounds, bool) or not isinstance(rounds, int) or rounds < 1:
        return f"p2c, the number of rounds, must be a whole number from 1 to {MAX_ROUNDS}."
    if rounds > MAX_ROUNDS:
        return f"p2c asks for {rounds} rounds of key derivation; more than {MAX_ROUNDS} are not worked here."
    return ""


def _parts_problem(token: Token, header: dict[str, Any]) -> str:
    encrypted_key, iv, _, tag = (part.raw or b"" for part in token.parts[1:])
    iv_bytes, tag_bytes = _SIZES[header["enc"]]
    alg, enc = header["alg"], header["enc"]
    if alg in _DIRECT and encrypted_key:
        return f"The token carries an encrypted key, which {alg} must not have."
    if alg not in _DIRECT and not encrypted_key:
        return f"The token's second part, the encrypted key, is empty; {alg} needs it."
    if len(iv) != iv_bytes:
        return f"The initialization vector has {len(iv)} bytes; {enc} needs {iv_bytes}."
    if len(tag) != tag_bytes:
        return f"The authentication tag has {len(tag)} bytes; {enc} needs {tag_bytes}: is the token cut off?"
    return ""


class _NoticingEncryption:
    """The library's content encryption; it notes that the token's own key came out, so the rest is about content."""

    def __init__(self, model: Any) -> None:
        self._model = model
        self.has_key = False

    def decrypt(self, *parts: bytes) -> bytes:
        self.has_key = True
        plain: bytes = self._model.decrypt(*parts)
        return plain

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)


def _is_counted(value: Any) -> None:
    if not isinstance(value, int) or not 0 < value <= MAX_ROUNDS:
        raise ValueError(f"must be from 1 to {MAX_ROUNDS}")


class _Registry(JWERegistry):
    """One decryption's algorithms and caps. The library's own cap of rounds is lower than what senders use today."""

    max_protected_header_length = MAX_HEADER
    max_encrypted_key_length = MAX_ENCRYPTED_KEY
    max_ciphertext_length = MAX_CONTENT

    def __init__(self) -> None:
        super().__init__(algorithms=(*ALGORITHMS, *_SIZES, "DEF"), strict_check_header=False)
        self.encryption: _NoticingEncryption | None = None

    @property
    def has_key(self) -> bool:
        return self.encryption is not None and self.encryption.has_key

    def get_alg(self, name: str) -> Any:
        model: Any = super().get_alg(name)
        if name.startswith("PBES2"):
            model = copy(model)
            rounds = HeaderParameter("PBES2 Count", _is_counted, True)
            model.more_header_registry = {**model.more_header_registry, "p2c": rounds}
        return model

    def get_enc(self, name: str) -> Any:
        self.encryption = _NoticingEncryption(super().get_enc(name))
        return self.encryption


def _try(token: Token, key: Key, alg: str) -> Decrypted:
    registry = _Registry()
    try:
        plain = decrypt_compact(token.text, key, registry=registry).plaintext or b""
    except ExceededSizeError:
        return _too_large()
    except (JoseError, ValueError, TypeError, KeyError, AttributeError, AssertionError, UnsupportedAlgorithm):
        return Decrypted(problem=_why_not(alg, has_key=registry.has_key))
    except zlib.error:
        return Decrypted(problem="The content was decrypted, but it is not the compressed data (zip DEF) it should be.")
    if "zip" in (token.header or {}) and len(plain) >= MAX_INFLATED:  # the library gives no more than its own cap
        return _too_large()
    return _opened(plain)


def _too_large() -> Decrypted:
    return Decrypted(problem=f"The content unfolds to more than {MAX_INFLATED // 1024} KB, so it was not unpacked.")


def _why_not(alg: str, *, has_key: bool) -> str:
    if has_key and alg in _DIRECT:
        return "It cannot be decrypted: this is not the key it was encrypted for, or the token was changed."
    if has_key:
        return "The key is right, but the authentication tag does not fit header and content: the token was changed."
    if alg.startswith("PBES2"):
        return "This is not the password it was encrypted with, or the token's encrypted key was changed."
    if alg.startswith("ECDH"):
        return "This is not the key it was encrypted for, or the token's ephemeral key (epk) was changed."
    return "This is not the key it was encrypted for, or the token's encrypted key was changed."


def _opened(plain: bytes) -> Decrypted:
    try:
        text = plain.decode("utf-8")
    except UnicodeDecodeError:
        return Decrypted(plain.hex(), notes=("The content is not UTF-8 text, so it is shown as hex.",))
    inner = parse(text)
    if inner.kind in _TRUE_TOKENS:
        return Decrypted(text, inner)
    reading = strict_json.read_text(text) if text.lstrip().startswith("{") else None
    claims = reading.value if reading is not None and reading.is_json and isinstance(reading.value, dict) else None
    notes = ("The claims stand in the encryption alone: no signature says who wrote them.",) if claims else ()
    return Decrypted(text, claims=claims, notes=notes)
