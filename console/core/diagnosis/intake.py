"""Evidence from a JSON object of unknown origin (cases/README.md), and from text that somebody pasted."""

import re
from math import isfinite
from typing import Any

import msgspec

from console.core.api import Expectation
from console.core.decoded_assertion import DecodedAssertion
from console.core.diagnosis.pasted import read_pasted
from console.core.evidence import (
    Evidence,
    EvidencePolicy,
    EvidenceRequest,
    EvidenceResponse,
    EvidenceTokenRequest,
    Json,
)
from console.core.exchange import Header
from console.core.whole_number import whole_number

EXTRA = "also"  # member of the profile facts that keeps what has no place of its own: {"expectations": {…}, …}
LONGEST_TIMEOUT_S = 86_400  # of a call; no console waits longer
_LISTS = ("audiences", "issuers", "authorized_parties", "roles", "scopes", "algorithms")


def read_evidence(value: Any) -> Evidence:
    """The evidence in a decoded JSON value; a text is taken as pasted. Never raises: a member of a wrong type
    is left
    out, and members that Evidence does not know are kept among the profile facts under `also`."""
    if isinstance(value, str):
        return Evidence(pasted=value)
    if not isinstance(value, dict):
        return Evidence()
    profile = dict(value["profile"]) if isinstance(value.get("profile"), dict) else {}
    if extra := _extra(value):
        profile[EXTRA] = extra
    status, now = value.get("http_status"), value.get("now")
    return Evidence(
        token_header=_object(value.get("token_header")),
        token_claims=_object(value.get("token_claims")),
        signature=_text_or_none(value.get("signature")),
        policy_xml=_text_or_none(value.get("policy_xml")),
        policy=_policy(value.get("policy")),
        expectations=_expectation(value.get("expectations")),
        request=_request(value.get("request")),
        response=_response(value.get("response")),
        token_request=_token_request(value.get("token_request")),
        token_error=_object(value.get("token_error")),
        http_status=status if type(status) is int else None,
        profile=profile,
        pasted=_text_or_none(value.get("pasted")),
        now=_second(now),
        read_at=_second(value.get("read_at")),
    )


def _second(value: Any) -> int | None:
    """Epoch seconds; None for what is no number, and for 1e400, which JSON may say and no moment is."""
    if isinstance(value, float):
        return int(value) if isfinite(value) else None
    return value if type(value) is int else None


def with_pasted(evidence: Evidence) -> tuple[Evidence, str]:
    """The evidence, completed with what its pasted text tells and the rest leaves open; of the text itself is kept what
    far sides, logs and libraries said: what the person did or asked says nothing for them.

    Beside it what he did: commands, code and settings.
    """
    if not evidence.pasted:
        return evidence, ""
    found = read_pasted(evidence.pasted)
    shown = found.evidence
    is_error_shown = evidence.token_error is None and evidence.response is None and shown.token_error is not None
    token_error = shown.token_error if is_error_shown else evidence.token_error
    is_token_known = evidence.token_header is not None or evidence.token_claims is not None
    whole = msgspec.structs.replace(
        evidence,
        profile=_with_observations({**found.settings, **evidence.profile}, found.observed),
        policy_xml=evidence.policy_xml or found.policy or None,
        pasted=found.heard,
        token_header=evidence.token_header if is_token_known else shown.token_header,
        token_claims=evidence.token_claims if is_token_known else shown.token_claims,
        token_error=token_error,
        http_status=shown.http_status if is_error_shown and evidence.http_status is None else evidence.http_status,
        token_request=evidence.token_request or (shown.token_request if evidence.request is None else None),
        request=evidence.request or shown.request,
        response=evidence.response or (shown.response if token_error is None else None),
    )
    return whole, found.done


def _with_observations(profile: dict[str, Json], observed: tuple[str, ...]) -> dict[str, Json]:
    """The facts, with what the person told in the pasted text among what people observed."""
    if not observed:
        return profile
    listed = profile.get("observations")
    before = listed if isinstance(listed, list) else [] if listed is None else [listed]
    return {**profile, "observations": [*before, *observed]}


def _extra(value: dict[str, Any]) -> dict[str, Json]:
    known = {
        "expectations": set(Expectation.__dataclass_fields__),
        "token_request": {"endpoint", "params", "assertion", "headers", "is_json"},
    }
    extra: dict[str, Json] = {}
    for member, names in known.items():
        if isinstance(value.get(member), dict):
            rest = {name: fact for name, fact in value[member].items() if name not in names}
            extra |= {member: rest} if rest else {}
    return extra


def _object(value: Any) -> dict[str, Json] | None:
    return value if isinstance(value, dict) else None


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: Any) -> dict[str, str]:
    """An object of texts; a list of texts is joined with commas."""
    if not isinstance(value, dict):
        return {}
    return {name: ", ".join(map(str, one)) if isinstance(one, list) else str(one) for name, one in value.items()}


def _headers(value: Any) -> tuple[Header, ...]:
    """Headers as a list of pairs, or as an object in which a repeated one has a list of values."""
    if isinstance(value, list):
        pairs = [one for one in value if isinstance(one, list) and len(one) == 2]
        return tuple((str(name), str(text)) for name, text in pairs)
    listed = value.items() if isinstance(value, dict) else ()
    return tuple((name, str(text)) for name, one in listed for text in (one if isinstance(one, list) else [one]))


def _expectation(value: Any) -> Expectation | None:
    if not isinstance(value, dict):
        return None
    lists = {name: _names(value[name]) for name in _LISTS if name in value}
    leeway = value.get("leeway_s")
    return Expectation(
        **lists,
        tenant=_text_or_none(value.get("tenant")),
        token_version=_text_or_none(value.get("token_version")),
        leeway_s=leeway if type(leeway) is int else 0,
    )


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _request(value: Any) -> EvidenceRequest | None:
    if not isinstance(value, dict):
        return None
    return EvidenceRequest(
        method=_text(value.get("method")),
        url=_text(value.get("url")),
        headers=_headers(value.get("headers")),
        body=_text(value.get("body")),
        timeout_s=_seconds(value.get("timeout_s")),
    )


def _seconds(value: Any) -> int | None:
    return value if type(value) is int and 0 < value <= LONGEST_TIMEOUT_S else None


def _response(value: Any) -> EvidenceResponse | None:
    if not isinstance(value, dict):
        return None
    status, elapsed = value.get("status"), value.get("elapsed_ms")
    return EvidenceResponse(
        status=status if type(status) is int else None,
        headers=_headers(value.get("headers")),
        body=value.get("body"),
        failure=_text(value.get("failure")),
        rule=_text(value.get("rule")),
        detail=_text(value.get("detail")),
        elapsed_ms=elapsed if type(elapsed) is int else None,
    )


def _policy(value: Any) -> EvidencePolicy | None:
    """What the policy decided, as evidence keeps it; None for anything else."""
    try:
        return msgspec.convert(value, EvidencePolicy)
    except msgspec.ValidationError:
        return None


def _token_request(value: Any) -> EvidenceTokenRequest | None:
    if not isinstance(value, dict):
        return None
    assertion = value.get("assertion")
    decoded = None
    if isinstance(assertion, dict):
        decoded = DecodedAssertion(
            header=_object(assertion.get("header")) or {}, claims=_object(assertion.get("claims")) or {}
        )
    return EvidenceTokenRequest(
        endpoint=_text(value.get("endpoint")),
        params=_texts(value.get("params")),
        assertion=decoded,
        headers=_headers(value.get("headers")),
        is_json=value.get("is_json") is True,
    )


_RELATIVE = re.compile(r"now(?:\s*([+-])\s*(\d+)\s*([smhd]?))?")
_MOST_DIGITS = 12
_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def relative_seconds(value: Any) -> int | None:
    """The offset of a time written as now, now-60, now+3600 or now-2d; None for anything else."""
    found = _RELATIVE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return None
    number = whole_number(found[2] or "0", digits=_MOST_DIGITS)
    if number is None:
        return None
    offset = number * _UNITS[found[3] or ""]
    return -offset if found[1] == "-" else offset
