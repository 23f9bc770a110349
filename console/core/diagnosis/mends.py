"""The evidence of an attempt as it would be without one fault: what the rules are then asked again."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from console.core.checks.claims import authorized_party
from console.core.compare import is_graph
from console.core.diagnosis.base import Cause
from console.core.diagnosis.policy_findings import GATES
from console.core.diagnosis.policy_on_view import judged_on_view
from console.core.diagnosis.reading import Reading
from console.core.evidence import Evidence, EvidencePolicy, EvidenceStep
from console.core.exchange import Header
from console.core.issuers import read_issuer

Mend = Callable[[Reading], Evidence | None]
_AGO_S, _AHEAD_S = 60, 600
_OF_ID_TOKENS = ("nonce", "at_hash", "c_hash", "s_hash", "typ", "token_use")
# The checks that one mend puts right: a token for this API has its audience in the form that is asked for.
_CODES = {"audience_form": ("audience",), "token_type": ("audience", "token_type"), "tenant": ("tenant", "issuer")}


def mended(reading: Reading, cause: Cause) -> Evidence | None:
    """The evidence without this cause's fault; None where nothing tells how it would be."""
    mend = cause.mend or _BY_CHECK.get(cause.check)
    found = mend(reading) if mend else None
    kept = reading.evidence.policy
    if found is None or kept is None or found.policy is not kept:
        return found
    told = judged_on_view(reading.evidence, reading.token, reading.now)
    if told is not None and told.verdict == kept.verdict:
        return replace(found, policy=None)  # the text alone decides as was decided at the time of the call
    # Else what was known then is gone: the refusals for this fault are taken out, and all others stay.
    return replace(found, policy=without_refusals(kept, gates_of(cause.check)))


def gates_of(check: str) -> frozenset[str]:
    """What the gateway's engine calls the checks that are about this."""
    return frozenset(name for code in _CODES.get(check, (check,)) for name in GATES.get(code, ()))


def without_refusals(facts: EvidencePolicy, names: frozenset[str]) -> EvidencePolicy:
    """The same decision, had these checks not failed."""
    steps = tuple(_without(step, names) for step in facts.steps)
    is_refused = any(step.verdict == "reject" and step.is_reached for step in steps)
    return replace(facts, steps=steps, verdict=facts.verdict if is_refused else "undecided")


def _without(step: EvidenceStep, names: frozenset[str]) -> EvidenceStep:
    left = tuple(check for check in step.checks if check.check not in names)
    if len(left) == len(step.checks):
        return step
    is_refused = any(check.outcome == "fail" for check in left)
    return replace(step, checks=left, verdict=step.verdict if is_refused else "undecided")


def with_claims(reading: Reading, **changed: Any) -> Evidence:
    """None takes a claim away."""
    claims = {**reading.claims, **changed}
    return replace(reading.evidence, token_claims={name: one for name, one in claims.items() if one is not None})


def without_facts(reading: Reading, *names: str) -> Evidence:
    facts = {name: fact for name, fact in reading.evidence.profile.items() if name not in names}
    return replace(reading.evidence, profile=facts)


def without_step_refusals(reading: Reading, is_at_fault: Callable[[EvidenceStep], bool]) -> Evidence | None:
    """With a policy in which these steps refuse nothing; None without a policy."""
    if reading.policy is None:
        return None
    facts = reading.policy.facts
    steps = tuple(
        replace(step, checks=(), verdict="undecided", overwritten_by="") if is_at_fault(step) else step
        for step in facts.steps
    )
    is_refused = any(step.verdict == "reject" and step.is_reached for step in steps)
    policy = replace(facts, steps=steps, verdict=facts.verdict if is_refused else "undecided")
    return replace(reading.evidence, policy=policy, policy_xml=None)


def with_header(reading: Reading, name: str, value: str) -> Evidence | None:
    """With this request header in place of those of its name; None when the request is not known."""
    request = reading.evidence.request
    if request is None:
        return None
    others: tuple[Header, ...] = tuple(pair for pair in request.headers if pair[0].lower() != name.lower())
    return replace(reading.evidence, request=replace(request, headers=(*others, (name, value))))


def with_bearer(reading: Reading) -> Evidence | None:
    """With the token where and how a bearer token is read (RFC 6750 section 2.1)."""
    named = next((demand.header for demand in reading.policy.demands), "") if reading.policy else ""
    if named in ("", "authorization"):
        return with_header(reading, "authorization", "Bearer <token>")
    return with_header(reading, named, "<token>")  # a header of its own holds the token alone (apim.md section 1.2)


def _audience(reading: Reading) -> Evidence | None:
    """What else accepts the token goes on accepting it; Microsoft Graph's tokens are for nobody else."""
    wanted = _wanted(reading, "audience") or reading.expectation.audiences
    others = [one for one in (reading.token.audiences if reading.token else None) or () if not is_graph(one)]
    return with_claims(reading, aud=[*others, wanted[0]]) if wanted else None


def _access_token(reading: Reading) -> Evidence | None:
    wanted = _wanted(reading, "audience") or reading.expectation.audiences
    return with_claims(reading, aud=wanted[0], **dict.fromkeys(_OF_ID_TOKENS)) if wanted else None


def of_wanted_issuer(reading: Reading) -> Evidence | None:
    """A token of the issuer that is asked for, of its tenant and version."""
    wanted = _wanted(reading, "issuer") or reading.expectation.issuers
    tenant, version = reading.expectation.tenant, reading.expectation.token_version
    if not wanted and not tenant and not version:
        return None
    form = read_issuer(wanted[0]) if wanted else None
    changed: dict[str, Any] = {"iss": wanted[0]} if wanted else {}
    if named := tenant or (form.tenant if form else ""):
        changed["tid"] = named
    if named := version or (form.version if form else ""):
        changed["ver"] = named
    return with_claims(reading, **changed)


def _valid_by_now(reading: Reading) -> Evidence | None:
    if reading.now is None:
        return None
    start, end = reading.now - _AGO_S, reading.now + _AHEAD_S
    times = {name: start for name in ("iat", "nbf") if name in reading.claims}
    return with_claims(reading, **times, exp=end)


def _groups(reading: Reading) -> Evidence | None:
    claims = reading.policy.refused_claims() if reading.policy else ()
    wanted = next((list(claim.values) for claim in claims if claim.name == "groups"), [])
    return with_claims(reading, groups=wanted, _claim_names=None, _claim_sources=None, hasgroups=None)


def _signed(reading: Reading) -> Evidence | None:
    """The same claims under a signature that verifies."""
    facts = {name: fact for name, fact in reading.evidence.profile.items() if name != "signing_key"}
    return replace(reading.evidence, signature="valid", profile=facts)


def _algorithm(reading: Reading) -> Evidence | None:
    allowed = _wanted(reading, "algorithm") or reading.expectation.algorithms
    evidence = _signed(reading)
    if evidence is None or not allowed:
        return evidence
    return replace(evidence, token_header={**(reading.evidence.token_header or {}), "alg": allowed[0]})


def _client(reading: Reading) -> Evidence | None:
    wanted = _wanted(reading, "authorized_party") or reading.expectation.authorized_parties
    party = authorized_party(reading.token) if reading.token else None
    return with_claims(reading, **{party[0] if party else "azp": wanted[0]}) if wanted else None


def _roles(reading: Reading) -> Evidence | None:
    wanted = _wanted(reading, "roles") or reading.expectation.roles
    return with_claims(reading, roles=list(wanted)) if wanted else None


def _scopes(reading: Reading) -> Evidence | None:
    wanted = _wanted(reading, "scopes") or reading.expectation.scopes
    name = "scope" if "scope" in reading.claims and "scp" not in reading.claims else "scp"
    return with_claims(reading, **{name: " ".join(wanted)}) if wanted else None


def _wanted(reading: Reading, check: str) -> tuple[str, ...]:
    """What the failed check asked for."""
    failed = reading.failed(check)
    expected = failed.expected if failed else None
    return tuple(one for one in expected if isinstance(one, str)) if isinstance(expected, list | tuple) else ()


_BY_CHECK: Mapping[str, Mend] = {
    "audience": _audience,
    "audience_form": _audience,
    "token_type": _access_token,
    "tenant": of_wanted_issuer,
    "token_version": of_wanted_issuer,
    "issuer": of_wanted_issuer,
    "not_before": _valid_by_now,
    "issued_at": _valid_by_now,
    "expiry": _valid_by_now,
    "group_overage": _groups,
    "algorithm": _algorithm,
    "key_use": _signed,
    "signature": _signed,
    "authorized_party": _client,
    "roles": _roles,
    "scopes": _scopes,
}
