"""Attributes of a token policy, and the keys written into it."""

import base64
import binascii
from collections.abc import Iterator

from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_literal
from console.core.policy.token.token_policy import TokenPolicy
from console.core.tokens.times import duration

LARGE_SKEW_S = 300
_SHORT_HMAC_BITS, _SHORT_RSA_BITS = 256, 2048


@rule(
    "require-scheme-ignored",
    "require-scheme has no effect",
    why="The gateway looks at the scheme only in the Authorization header; elsewhere the bare token is expected.",
    do="Remove require-scheme, or take the token from the Authorization header.",
)
def require_scheme_ignored(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        scheme = policy.source.scheme
        if scheme and policy.header != "authorization" and is_literal(policy.header or "-"):
            where = f"header {policy.source.name}" if policy.header else "place the token is taken from"
            text = f"require-scheme {listed([scheme])} counts for Authorization only; the {where} ignores it."
            yield Remark(text, policy.path)


@rule(
    "token-in-url",
    "Token in the address",
    why="Addresses are kept in logs, histories and referrers, and so would be the token.",
    do="Take the token from the Authorization header.",
)
def token_in_url(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        if name := policy.query_parameter:
            text = f"The token stands in the address, as the parameter {listed([name])}, and so in logs and histories."
            yield Remark(text, policy.path)


@rule(
    "unsigned-accepted",
    "Unsigned tokens pass",
    why="A token without a signature can be written by anybody, with any claims.",
    do="Remove require-signed-tokens or set it to true.",
    is_decisive=True,
)
def unsigned_accepted(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        if policy.requires_signature.value is False:
            text = "require-signed-tokens is false: anybody can write a token without a signature that passes."
            yield Remark(text, policy.path)


@rule(
    "no-expiry-required",
    "Tokens without an end pass",
    why="A token without exp that is lost or stolen opens the API for ever.",
    do="Remove require-expiration-time or set it to true.",
)
def no_expiry_required(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        if policy.requires_expiry.value is False:
            text = "require-expiration-time is false: a token without exp passes for ever."
            yield Remark(text, policy.path)


@rule(
    "large-skew",
    "Large clock skew",
    why="Expired tokens stay usable for that long; clocks that are kept in time differ by seconds.",
    do="Lower clock-skew to 300 seconds or less.",
)
def large_skew(ground: Ground) -> Iterator[Remark]:
    for policy in ground.token_policies:
        if (policy.skew.value or 0) > LARGE_SKEW_S:
            text = f"clock-skew lets a token pass {duration(policy.skew.value or 0)} after it has expired."
            yield Remark(text, policy.path)


@rule(
    "unusual-status",
    "Unusual status for a missing token",
    why="Clients get a new token when they see 401; with another status they stop, or take it for a success.",
    do="Leave out failed-validation-httpcode or set it to 401.",
)
def unusual_status(ground: Ground) -> Iterator[Remark]:
    for index, policy in enumerate(ground.token_policies):
        status = policy.status.value
        # A second policy may ask what a valid token permits: 403 is right there.
        usual = (401, 403) if index else (401,)
        if status is not None and status not in usual:
            text = f"A call without a valid token is answered with {status} instead of 401."
            yield Remark(text, policy.path)


@rule(
    "weak-key",
    "Weak key",
    why="Short keys can be guessed with enough computing; the gateway refuses the shortest.",
    do="Use RSA keys of 2048 bits or more, and symmetric keys of 256 bits or more.",
)
def weak_inline_key(ground: Ground) -> Iterator[Remark]:
    for policy, key in _inline_keys(ground):
        modulus = key.attribute("n") or ""
        rsa, symmetric = _bits(modulus), _bits(key.text) if not modulus else None
        if rsa is not None and 0 < rsa < _SHORT_RSA_BITS:
            text = f"An RSA key in the policy has {rsa} bits; {_SHORT_RSA_BITS} are usual."
            yield Remark(text, policy.path)
        if symmetric is not None and 0 < symmetric < _SHORT_HMAC_BITS:
            text = f"A symmetric key in the policy has {symmetric} bits; {_SHORT_HMAC_BITS} are usual."
            yield Remark(text, policy.path)


@rule(
    "key-not-base64",
    "Key cannot be read",
    why="A symmetric key must be Base64, the numbers n and e Base64url; anything else verifies nothing.",
    do="Encode the key and paste it again.",
    is_decisive=True,
)
def key_not_base64(ground: Ground) -> Iterator[Remark]:
    for policy, key in _inline_keys(ground):
        named = [(name, key.attribute(name) or "") for name in ("n", "e")] + [("key", key.text)]
        if broken := [name for name, text in named if is_literal(text) and _bits(text) is None]:
            text = f"A signing key in the policy is not Base64 text ({listed(broken)}), so it can verify nothing."
            yield Remark(text, policy.path)


def _inline_keys(ground: Ground) -> Iterator[tuple[TokenPolicy, Element]]:
    for policy in ground.token_policies:
        for block in policy.element.all("issuer-signing-keys"):
            for key in block.all("key"):
                yield policy, key


def _bits(text: str) -> int | None:
    """The length of a key in Base64 or Base64url; 0 for no text or a placeholder, None when it is neither form."""
    if not is_literal(text):
        return 0
    plain = "".join(text.split()).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        raw = base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)
    except (binascii.Error, ValueError):
        return None
    return int.from_bytes(raw, "big").bit_length() if len(raw) > 128 else len(raw) * 8
