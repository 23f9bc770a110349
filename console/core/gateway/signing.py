"""Form and signature of a token as the gateway judges them."""

from dataclasses import dataclass, replace

from console.core.compare import is_graph
from console.core.gateway.policies.base import GatewayCheck, Outcome, Warned
from console.core.gateway.steps import passed, unknown
from console.core.tokens.keys import KeySet
from console.core.tokens.parse import parse
from console.core.tokens.signature import SignatureResult, SignatureState, verify
from console.core.tokens.token import Token, TokenKind


@dataclass(frozen=True, slots=True)
class Trust:
    """The keys a policy trusts, each set with where it came from. `missing` names sources that were not to be had."""

    keysets: tuple[tuple[str, KeySet], ...] = ()
    missing: tuple[str, ...] = ()


def read_token(text: str) -> tuple[Token, GatewayCheck]:
    """The token and whether a gateway could read it. Unlike our own reader, a gateway repairs nothing."""
    token = parse(text)
    dots = text.count(".")
    if token.kind in (TokenKind.JWS, TokenKind.UNSECURED) and token.text == text and token.claims is not None:
        return token, passed("well-formed", "The token is a JWT of three parts.")
    if token.kind is TokenKind.JWE:
        return token, _malformed(
            "IDX10609", "Decryption failed. No Keys tried.", "The token is encrypted and the policy has no key."
        )
    if dots not in (2, 4):
        return token, _malformed(
            "IDX12741",
            "JWT must have three segments (JWS) or five segments (JWE).",
            f"The text has {dots + 1} parts between dots; a signed token has three.",
        )
    return token, _malformed(
        "IDX12729", "Unable to decode the token.", "The token's parts are not base64url-encoded JSON objects."
    )


def _malformed(code: str, text: str, what: str) -> GatewayCheck:
    return GatewayCheck(
        "well-formed",
        Outcome.FAIL,
        what,
        reason="JwtInvalid",
        reason_aliases=("Invalid JWT",),
        message=f"{code}: {text}",
        library_code=code,
    )


def signature_checks(
    token: Token, trust: Trust, *, requires_signed: bool
) -> tuple[tuple[GatewayCheck, ...], tuple[Warned, ...]]:
    """key-found and signature. A token with an unknown kid is tried with every key, as the gateway does."""
    if token.kind is TokenKind.UNSECURED:
        return (_unsigned(token, requires_signed),), ()
    result = _best(token, trust.keysets)
    if result.state is SignatureState.VALID:
        return (
            passed("key-found", f"Key {result.kid or 'without id'} is in the metadata."),
            passed("signature", "The signature verifies."),
        ), ()
    warnings = _graph_warning(token)
    if trust.missing:
        what = "The keys of this address were not given or could not be read."
        return (unknown("key-found", what, needs=trust.missing),), warnings
    return _refusal(result), warnings + _key_roll(result)


def _best(token: Token, keysets: tuple[tuple[str, KeySet], ...]) -> SignatureResult:
    nothing = SignatureResult(SignatureState.UNVERIFIABLE, "no-keys", "There is no key to check with.")
    results = [result for source, keyset in keysets for result in _attempts(token, keyset, source)]
    ranked = sorted(results, key=lambda one: (one.state is not SignatureState.VALID, not one.is_kid_known))
    return ranked[0] if ranked else nothing


def _attempts(token: Token, keyset: KeySet, source: str) -> tuple[SignatureResult, ...]:
    """By the key that the kid names; when the set lacks it, once more with every key."""
    first = verify(token, keyset, source=source)
    if first.reason != "unknown-kid":
        return (first,)
    nameless = {name: value for name, value in (token.header or {}).items() if name != "kid"}
    second = verify(replace(token, header=nameless), keyset, source=source)
    return (second, first) if second.state is SignatureState.VALID else (first,)


def _unsigned(token: Token, requires_signed: bool) -> GatewayCheck:
    if not requires_signed and not token.parts[2].encoded:
        return passed("signature", "The policy does not require a signature.")
    return _invalid_signature(
        "IDX10504", "Unable to validate signature, token does not have a signature.", "The token is not signed."
    )


def _refusal(result: SignatureResult) -> tuple[GatewayCheck, ...]:
    if result.reason in ("no-keys", "keys-unavailable"):
        return (
            _no_key(
                "IDX10500",
                "Signature validation failed. No security keys were provided to validate the signature.",
                "The policy knows no key to check the signature with.",
            ),
        )
    if result.reason == "unknown-kid":
        text = f"Signature validation failed. Token does not have a kid that matches. kid: '{result.kid}'."
        return (_no_key("IDX10503", text, f"The token names the key {result.kid}, which the metadata does not list."),)
    if result.reason in ("algorithm-not-allowed", "key-use", "weak-key"):
        refused = _invalid_signature("IDX10696", "The algorithm or key is not accepted.", result.detail)
        return (replace(refused, check="algorithm"),)
    text = f"Signature validation failed. Keys tried: '{result.kid}'."
    return (passed("key-found", "The key is in the metadata."), _invalid_signature("IDX10511", text, result.detail))


def _invalid_signature(code: str, text: str, what: str) -> GatewayCheck:
    return GatewayCheck(
        "signature",
        Outcome.FAIL,
        what,
        reason="TokenSignatureInvalid",
        reason_aliases=("TokenInvalidSignature",),
        message=f"{code}: {text}",
        library_code=code,
    )


def _no_key(code: str, text: str, what: str) -> GatewayCheck:
    return GatewayCheck(
        "key-found",
        Outcome.FAIL,
        what,
        reason="TokenSignatureKeyNotFound",
        message=f"{code}: {text}",
        library_code=code,
    )


def _key_roll(result: SignatureResult) -> tuple[Warned, ...]:
    if result.reason != "unknown-kid":
        return ()
    return (Warned("key-roll", "After a key change the gateway reads the metadata again only every five minutes."),)


def _graph_warning(token: Token) -> tuple[Warned, ...]:
    if "nonce" in (token.header or {}) or any(map(is_graph, token.audiences or ())):
        return (Warned("graph-token", "The token was made for Microsoft Graph; nobody else can verify it."),)
    return ()
