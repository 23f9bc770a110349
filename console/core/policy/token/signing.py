"""Key and signature of a token as the gateway's token library judges them."""

from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from console.core.compare import is_graph
from console.core.json.text import shorten
from console.core.policy.engine.model import GatewayCheck, Outcome, Warned, rests_on, unsettled
from console.core.policy.engine.switches import Switches, chosen
from console.core.policy.token.attributes import ALWAYS, Flag
from console.core.policy.token.parties import audiences_of
from console.core.policy.token.step_of_checks import passed, unknown
from console.core.policy.token.trust import DOCUMENTED, Candidate, Trust, is_supported
from console.core.tokens import base64url
from console.core.tokens.token import Token

ASSUMED = "The signature is taken as valid."
_NO_KEYS = "Signature validation failed. No security keys were provided to validate the signature."


class Signed(Struct, frozen=True):
    """`is_late`: the library reports lifetime, issuer and audience before this failure, in that order. `by` is the key
    that verified; None when none did or none was tried.
    """

    checks: tuple[GatewayCheck, ...]
    warnings: tuple[Warned, ...] = ()
    is_late: bool = False
    by: Candidate | None = None


_GRAPH = Warned("graph-token", "The token was made for Microsoft Graph; nobody else can verify it.")
_TAKEN_AS_VALID = Signed((passed("key-found", ASSUMED), passed("signature", ASSUMED)))
_GRAPH_TAKEN_AS_VALID = Signed(_TAKEN_AS_VALID.checks, (_GRAPH,))


class SignatureRules(Struct, frozen=True):
    """What the policy and the evaluation say about signatures."""

    requires_signed: Flag = ALWAYS
    is_assumed: bool = False


class _Header(Struct, frozen=True):
    """What a token's header says of its signature; "" for what it does not say."""

    alg: str
    kid: str
    x5t: str
    has_nonce: bool


def signature_checks(token: Token, trust: Trust, rules: SignatureRules, switches: Switches) -> Signed:
    """key-found and signature, or algorithm.

    A key that the token's kid or x5t names is used alone; when none is named all are tried, as the library does.
    """
    fields = token.header or {}
    if rules.is_assumed and _is_documented(fields):
        return _GRAPH_TAKEN_AS_VALID if any(map(is_graph, audiences_of(token))) else _TAKEN_AS_VALID
    alg, kid, x5t = [value if isinstance(value, str) else "" for value in map(fields.get, ("alg", "kid", "x5t"))]
    header = _Header(alg, kid, x5t, "nonce" in fields)
    if header.alg != fields.get("alg", "") or fields.get("kid") not in (None, header.kid):
        what = "The header cannot be read as one of a signed token."
        return Signed((GatewayCheck("signature", Outcome.NOT_CHECKED, what),))
    if not token.parts[2].encoded and not (rules.is_assumed and header.alg not in ("", "none")):
        return _unsigned(header, rules.requires_signed, switches)
    signed = _assumed(header, switches) if rules.is_assumed else _verified(token, header, trust, switches)
    more = _graph_warning(token, header, signed)
    return replace(signed, warnings=(*signed.warnings, *more)) if more else signed


def _is_documented(fields: dict[str, Any]) -> bool:
    """Whether a header names a documented algorithm and is of a signed token, so that an assumed signature passes."""
    alg, kid = fields.get("alg"), fields.get("kid")
    return type(alg) is str and alg in DOCUMENTED and (kid is None or type(kid) is str)


def _unsigned(header: _Header, requires_signed: Flag, switches: Switches) -> Signed:
    if requires_signed.value is None:
        what = "The token is not signed; whether the policy requires that is only known at run time."
        return Signed((unknown("signature", what, needs=(requires_signed.need,)),))
    text = "Unable to validate signature, token does not have a signature."
    if requires_signed.value:
        return Signed((_invalid("IDX10504", text, "The token is not signed."),))
    allowed = passed("signature", "The policy does not require a signature.")
    if header.alg == "none":
        return Signed((allowed,))
    what = f"The token has no signature, but its header names the algorithm {shorten(header.alg, 40) or 'none'}."
    unsure = (rests_on("stripped-signature", f"{what} Nobody has confirmed that this counts as unsigned."),)
    if chosen(switches, "stripped-signature") == "accepted":
        return Signed((allowed,), unsure)
    return Signed((_invalid("IDX10504", text, what),), unsure)


def _assumed(header: _Header, switches: Switches) -> Signed:
    if header.alg in DOCUMENTED:
        return _TAKEN_AS_VALID
    if not is_supported(header.alg):
        return Signed((_unsupported(header),))
    return _listed(header, _TAKEN_AS_VALID.checks, (), switches)


def _verified(token: Token, header: _Header, trust: Trust, switches: Switches) -> Signed:
    candidates = trust.candidates()
    named = tuple(one for one in candidates if one.is_named(header.kid, header.x5t))
    tried = named or candidates
    fitting = tuple(one for one in tried if is_supported(header.alg) and one.fits(header.alg))
    strong = tuple(one for one in fitting if not one.is_too_weak)
    signed_text = token.text[: -len(token.parts[2].encoded) - 1].encode()
    signature = base64url.decode(token.parts[2].encoded).raw or b""
    for one in strong:
        if one.verifies(header.alg, signed_text, signature):
            accepted = replace(_accepted(one, header, switches), by=one)
            is_open = bool(header.kid) and not named and not one.is_inline
            return replace(accepted, warnings=(*accepted.warnings, _unnamed(header))) if is_open else accepted
    if trust.missing and not named:
        if not is_supported(header.alg):
            return Signed((_unsupported(header, is_named=False),), is_late=bool(header.kid))
        what = "Keys that the gateway may use were not given or not read here; the right one may be among them."
        return Signed((unknown("key-found", what, needs=trust.missing),))
    refused = _refused(header, candidates, named, fitting=fitting, strong=strong, has_metadata=bool(trust.published))
    others = [one for one in candidates if named and one not in named and _fits(one, header.alg)]
    if any(one.verifies(header.alg, signed_text, signature) for one in others):
        return replace(refused, warnings=(*refused.warnings, _other_verifies(header)))
    return refused


def _fits(one: Candidate, alg: str) -> bool:
    return is_supported(alg) and one.fits(alg) and not one.is_too_weak


def _unnamed(header: _Header) -> Warned:
    return unsettled(
        f"The token names the key {shorten(header.kid, 60)}, which no key of the metadata has as its id; another one "
        "verifies it. Nobody has confirmed that the gateway tries the others."
    )


def _other_verifies(header: _Header) -> Warned:
    return unsettled(
        f"Another key than {shorten(header.kid or header.x5t, 60)}, which the token names, verifies the signature. "
        "Nobody has confirmed that the gateway tries the named key alone."
    )


def _accepted(one: Candidate, header: _Header, switches: Switches) -> Signed:
    name = f"Key {shorten(one.key.kid, 60)}" if one.key.kid else "A key without id"
    checks = (passed("key-found", f"{name} is trusted by the policy."), passed("signature", "The signature verifies."))
    return _listed(header, checks, _weakness(one, header.alg), switches)


def _weakness(one: Candidate, alg: str) -> tuple[Warned, ...]:
    if not one.is_weak(alg):
        return ()
    return (Warned("weak-key", f"The key has {one.key.bits} bits, less than is usual today for {alg}."),)


def _listed(
    header: _Header, checks: tuple[GatewayCheck, ...], warnings: tuple[Warned, ...], switches: Switches
) -> Signed:
    """The library verifies more algorithms than the documentation lists."""
    if header.alg in DOCUMENTED:
        return Signed(checks, warnings)
    what = f"The documentation does not list {header.alg}."
    unsure = (
        Warned("algorithm-not-listed", what),
        rests_on("unlisted-algorithm", f"{what} Nobody has confirmed that the gateway takes it."),
    )
    if chosen(switches, "unlisted-algorithm") == "accepted":
        return Signed(checks, (*warnings, *unsure))
    text = f"Signature validation failed. The algorithm '{header.alg}' is not in the accepted list."
    return Signed((_failure("algorithm", "IDX10696", text, what, is_named=True),), (*warnings, *unsure))


def _refused(
    header: _Header,
    candidates: tuple[Candidate, ...],
    named: tuple[Candidate, ...],
    *,
    fitting: tuple[Candidate, ...],
    strong: tuple[Candidate, ...],
    has_metadata: bool,
) -> Signed:
    is_late = bool(header.kid) and not named
    kid = shorten(header.kid, 60)
    if not candidates:
        what = "The policy has no key to check the signature with."
        return Signed((_failure("key-found", "IDX10500", _NO_KEYS, what, is_named=False),), is_late=is_late)
    if not is_supported(header.alg):
        return Signed((_unsupported(header, is_named=bool(named)),), is_late=is_late)
    if not fitting:
        return Signed((_unfit(header, named),), is_late=is_late)
    if not strong:
        return Signed((_too_weak(header, fitting, is_named=bool(named)),), _weakness(fitting[0], header.alg), is_late)
    if named:
        text = f"Signature validation failed. Keys tried: '{kid}'. kid: '{kid}'."
        what = "The signature is wrong: the token was changed, or not signed by the key that it names."
        found = passed("key-found", f"Key {kid or shorten(header.x5t, 60)} is trusted by the policy.")
        return Signed((found, _failure("signature", "IDX10511", text, what, is_named=True)))
    if not header.kid:
        text = "Signature validation failed. The token's kid is missing. Keys tried: all."
        what = f"The token names no key, and none of the policy's {len(candidates)} verifies its signature."
        return Signed((_failure("key-found", "IDX10517", text, what, is_named=False),))
    text = f"Signature validation failed. Token does not have a kid that matches. kid: '{kid}'."
    what = f"The token names the key {kid}, which the policy's keys do not include; no other key verifies it."
    roll = "After a key change the gateway reads the metadata again only every five minutes."
    warnings = (Warned("key-roll", roll),) if has_metadata else ()
    return Signed((_failure("key-found", "IDX10503", text, what, is_named=False),), warnings, is_late=True)


def _unsupported(header: _Header, *, is_named: bool = True) -> GatewayCheck:
    alg = shorten(header.alg, 40)
    what = f"The gateway's library cannot verify the algorithm {alg}." if alg else "The header names no algorithm."
    text = f"Signature validation failed. Unsupported algorithm: '{alg}'."
    return _failure("algorithm", "IDX10652", text, what, is_named=is_named)


def _unfit(header: _Header, named: tuple[Candidate, ...]) -> GatewayCheck:
    kinds = ", ".join(sorted({one.key.kty for one in named}))
    whose = f"the key that the token names is for {kinds}" if named else "the policy trusts no key for it"
    what = f"The token is signed with {header.alg}, but {whose}."
    code = "IDX10511" if named else "IDX10503" if header.kid else "IDX10517"
    text = f"Signature validation failed. No key supports the algorithm '{header.alg}'."
    return _failure("algorithm", code, text, what, is_named=bool(named))


def _too_weak(header: _Header, fitting: tuple[Candidate, ...], *, is_named: bool) -> GatewayCheck:
    bits = max(one.key.bits for one in fitting)
    code, least = ("IDX10653", 128) if header.alg.startswith("HS") else ("IDX10631", 1024)
    text = f"The key for '{header.alg}' cannot be smaller than '{least}' bits. KeySize: '{bits}'."
    what = f"The key has {bits} bits; the gateway's library verifies {header.alg} with at least {least}."
    return _failure("signature", code, text, what, is_named=is_named)


def _invalid(code: str, text: str, what: str) -> GatewayCheck:
    return _failure("signature", code, text, what, is_named=True)


def _failure(check: str, code: str, text: str, what: str, *, is_named: bool) -> GatewayCheck:
    """`is_named`: the library found the key that the token means, so the signature is wrong and no key is missing."""
    return GatewayCheck(
        check,
        Outcome.FAIL,
        what,
        reason="TokenSignatureInvalid" if is_named else "TokenSignatureKeyNotFound",
        reason_aliases=("TokenInvalidSignature",) if is_named else (),
        message=f"{code}: {text}",
        library_code=code,
    )


def _graph_warning(token: Token, header: _Header, signed: Signed) -> tuple[Warned, ...]:
    if any(map(is_graph, audiences_of(token))) or (
        header.has_nonce and any(check.outcome is not Outcome.PASS for check in signed.checks)
    ):
        return (_GRAPH,)
    return ()
