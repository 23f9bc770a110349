"""Whether a signature verifies, against a key that somebody named: never one the token brings along."""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from console.core.defect import Defect, PartName
from console.core.json.text import shorten
from console.core.tokens.algorithms import jws_algorithms
from console.core.tokens.keys import Key, KeySet
from console.core.tokens.token import Token, TokenKind


class SignatureState(StrEnum):
    """`NOT_CHECKED`: no key set was given. `UNVERIFIABLE`: a key set was given but holds no usable key, or the token is
    for Microsoft Graph. `ABSENT`: there is no signature (alg none, or the part is missing)."""

    VALID = "valid"
    INVALID = "invalid"
    UNVERIFIABLE = "unverifiable"
    ABSENT = "absent"
    NOT_CHECKED = "not_checked"


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """What a key set says of a key, without the key itself. Absent members are "" (`key_ops`: None), `bits` 0."""

    kty: str
    crv: str = ""
    alg: str = ""
    use: str = ""
    key_ops: tuple[str, ...] | None = None
    bits: int = 0


@dataclass(frozen=True, slots=True)
class SignatureResult:
    """`reason` is a stable code: ok, wrong-signature, unknown-kid, no-keys, algorithm-not-allowed, key-use, weak-key,
    no-signature, graph-token, malformed, not-checked, decoded, keys-unavailable, ambiguous-key, unsupported-key,
    crit-not-understood, published-secret. `detail` is one sentence. `kid` is the key that verified or was named.
    `source` says where the keys came from, "" when none were given.
    `is_kid_known` is None when no key set was given or the token names no key.
    `key` is the one that verified, or else the only one that the token can mean; None when there is no such key.
    """

    state: SignatureState
    reason: str
    detail: str
    kid: str = ""
    source: str = ""
    is_kid_known: bool | None = None
    key: KeyFacts | None = None


NOT_CHECKED = SignatureResult(SignatureState.NOT_CHECKED, "not-checked", "Not checked: no key was given.")

GRAPH_AUDIENCES = frozenset(
    {"https://graph.microsoft.com", "https://graph.microsoft.com/", "00000003-0000-0000-c000-000000000000"}
)
_NOT_SIGNED = SignatureResult(
    SignatureState.ABSENT, "no-signature", "The token has no signature: anybody could have written it."
)
_NO_JWS = SignatureResult(SignatureState.NOT_CHECKED, "not-checked", "Not checked: this is no signed token (JWS).")
_DECODED = SignatureResult(
    SignatureState.NOT_CHECKED,
    "decoded",
    "Not checked: the claims came decoded, without the text that was signed.",
)
_GRAPH = SignatureResult(
    SignatureState.UNVERIFIABLE,
    "graph-token",
    "The token is for Microsoft Graph, which signs in a way nobody else can verify; this is not a wrong signature.",
)
# Whatever is wrong with the text that is signed: a verifier must refuse it before it looks at the signature.
_MALFORMED = frozenset({
    "padding", "not-base64url", "base64-length", "trailing-bits", "white-space-inside", "wrong-number-of-parts",
})  # fmt: skip
_BROKEN_HEADER = frozenset({
    "not-json", "not-utf8", "byte-order-mark", "too-deep", "nan", "duplicate-member", "header-missing",
    "not-a-header-object", "alg-missing", "alg-not-a-string", "kid-not-a-string",
})  # fmt: skip
_CRITICAL = frozenset({"crit-not-a-list", "crit-empty", "crit-not-understood", "crit-member-missing"})
_FAMILIES = {"HS": "oct", "RS": "RSA", "PS": "RSA", "ES": "EC", "Ed": "OKP"}
_CURVES = {
    "ES256": ("P-256",), "ES384": ("P-384",), "ES512": ("P-521",), "ES256K": ("secp256k1",),
    "EdDSA": ("Ed25519", "Ed448"), "Ed25519": ("Ed25519",), "Ed448": ("Ed448",),
}  # fmt: skip
_HASH_BITS = {"HS256": 256, "HS384": 384, "HS512": 512}


# Each `alg` with the name that the library has for it.
_ALGORITHMS = {
    name: "EdDSA" if name.startswith("Ed") else name
    for name in ("HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", *_CURVES)
}


def verify(
    token: Token, keyset: KeySet | None, *, source: str = "", algorithms: Iterable[str] | None = None
) -> SignatureResult:
    """Whether one of the given keys signed the token (RFC 7515 section 5.2). Never raises.

    `source` says where the keys came from; `algorithms` is the caller's allow-list, None for all that are known here.
    Keys inside the token are never used. A key that its kid names is tried alone; without a kid every fitting key is.
    """
    if token.kind is TokenKind.UNSECURED or (token.kind is TokenKind.JWS and not _has_signature(token)):
        return _NOT_SIGNED
    if token.kind is not TokenKind.JWS:
        return _DECODED if token.kind is TokenKind.DECODED else _NO_JWS
    if _is_for_graph(token):
        return _GRAPH
    if keyset is None:
        return NOT_CHECKED
    known = None if token.header is None or "kid" not in token.header else _knows(keyset, token.header["kid"])
    state, reason, detail, kid, key = _judge(token, keyset, algorithms)
    return SignatureResult(state, reason, detail, kid, source, known, _facts(key) if key else None)


_Judgement = tuple[SignatureState, str, str, str, Key | None]


def _facts(key: Key) -> KeyFacts:
    return KeyFacts(key.kty, key.crv, key.alg, key.use, key.key_ops, key.bits)


def _has_signature(token: Token) -> bool:
    return len(token.parts) == 3 and token.parts[2].encoded != ""


def _is_for_graph(token: Token) -> bool:
    has_nonce = token.header is not None and "nonce" in token.header
    return has_nonce or not GRAPH_AUDIENCES.isdisjoint(token.audiences or ())


def _knows(keyset: KeySet, kid: Any) -> bool:
    return isinstance(kid, str) and any(key.kid == kid for key in keyset.keys)


def _judge(token: Token, keyset: KeySet, algorithms: Iterable[str] | None) -> _Judgement:
    if refusal := next(filter(None, map(_refusal, token.defects)), None):
        return _unverifiable(*refusal)
    header = token.header or {}
    alg, kid = header.get("alg"), header.get("kid", "")
    if not isinstance(alg, str) or not isinstance(kid, str):
        return _unverifiable("malformed", "The header names no algorithm.")
    if alg not in _ALGORITHMS or (algorithms is not None and alg not in algorithms):
        return _unverifiable(
            "algorithm-not-allowed", f"The algorithm {shorten(alg, 40)} is not among those accepted here.", kid
        )
    if not keyset.keys:
        return _unverifiable("no-keys", "The key set holds no keys.", kid)
    named = keyset.find(kid) if kid else keyset.keys
    if not named:
        named = tuple(key for key in keyset.keys if not key.kid)
        if not named:
            detail = f"No key with this kid ({shorten(kid, 60)}) is in the key set."
            return _unverifiable("unknown-kid", detail, kid)
    return _try_keys(token, keyset, named, alg=alg, kid=kid)


def _refusal(defect: Defect) -> tuple[str, str] | None:
    """Why a token with this defect is never verified; None when the defect does not touch the signature."""
    if defect.code in _CRITICAL:
        return "crit-not-understood", defect.message
    if defect.code == "unencoded-payload":
        return "malformed", "The payload is unencoded (RFC 7797), which is not verified here."
    if defect.code in _MALFORMED or (defect.part is PartName.HEADER and defect.code in _BROKEN_HEADER):
        return "malformed", f"A verifier refuses the text before it looks at the signature. {defect.message}"
    return None


def _unverifiable(reason: str, detail: str, kid: str = "", key: Key | None = None) -> _Judgement:
    return SignatureState.UNVERIFIABLE, reason, detail, kid, key


def _try_keys(token: Token, keyset: KeySet, named: tuple[Key, ...], *, alg: str, kid: str) -> _Judgement:
    fitting = [key for key in named if _fits(key, alg)]
    if not fitting:
        detail = f"The algorithm {alg} does not fit the key: {', '.join(sorted({_kind(key) for key in named}))}."
        return _unverifiable("algorithm-not-allowed", detail, kid, _only(named))
    if alg.startswith("HS") and not keyset.is_secret:
        detail = f"{alg} uses a shared secret, and this one stands in a key set for everybody who verifies."
        return _unverifiable("published-secret", detail, kid, _only(fitting))
    usable = [key for key in fitting if not _obstacle(key, alg)]
    if not usable:
        reason, detail = _obstacle(fitting[0], alg) or ("unsupported-key", "The key cannot be used.")
        return _unverifiable(reason, detail, kid, _only(fitting))
    if kid and any(key.material != usable[0].material for key in fitting):
        detail = f"The key set holds several different keys with the kid {shorten(kid, 60)}."
        return _unverifiable("ambiguous-key", detail, kid)
    return _check(token, keyset, usable, alg=alg, kid=kid)


def _only(keys: Sequence[Key]) -> Key | None:
    return keys[0] if len(keys) == 1 else None


def _kind(key: Key) -> str:
    return " ".join(
        filter(None, (shorten(key.kty, 20), shorten(key.crv, 20), key.alg and f"for {shorten(key.alg, 20)}"))
    )


def _fits(key: Key, alg: str) -> bool:
    """One key, one family: an RSA key never verifies HS256, and a key that names an algorithm is for that one alone."""
    if key.kty != _FAMILIES[alg[:2]] or (alg in _CURVES and key.crv not in _CURVES[alg]):
        return False
    return not key.alg or key.alg == alg or {key.alg, alg} <= {"EdDSA", key.crv}


def _obstacle(key: Key, alg: str) -> tuple[str, str] | None:
    if key.problem:
        return key.problem, key.detail
    if alg in _HASH_BITS and key.bits < _HASH_BITS[alg]:
        needed = _HASH_BITS[alg] // 8
        return (
            "weak-key",
            f"The secret has {key.bits // 8} bytes; {alg} needs at least {needed} (RFC 7518 section 3.2).",
        )
    return None


def _check(token: Token, keyset: KeySet, usable: list[Key], *, alg: str, kid: str) -> _Judgement:
    signed = token.text[: -len(token.parts[2].encoded) - 1].encode()
    signature = token.signature or b""
    objects = [(key, keyset.key_object(key)) for key in usable]
    for key, made in objects:
        if made is not None and _is_signed_by(alg, made, signed, signature):
            detail = f"The signature is right: made by the key {shorten(key.kid, 60) or 'without a kid'} ({alg})."
            return SignatureState.VALID, "ok", detail, key.kid or kid, key
    if all(made is None for _, made in objects):
        return _unverifiable("unsupported-key", "The key's numbers do not make a usable key.", kid, _only(usable))
    count = len(usable)
    by = (
        f"the key {shorten(usable[0].kid, 60)}"
        if count == 1 and usable[0].kid
        else "the key"
        if count == 1
        else f"any of {count} keys"
    )
    return (
        SignatureState.INVALID,
        "wrong-signature",
        f"The signature is wrong: the token was changed, or not signed by {by}.",
        kid,
        _only(usable),
    )


def _is_signed_by(alg: str, key: Any, signed: bytes, signature: bytes) -> bool:
    algorithm = jws_algorithms()[_ALGORITHMS[alg]]
    if alg.startswith("HS"):
        return hmac.compare_digest(algorithm.sign(signed, key), signature)
    return bool(algorithm.verify(signed, key, signature))
