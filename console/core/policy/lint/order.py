"""The order of policies, and calls that pass by the token policy."""

from collections.abc import Iterator

from console.core.compare import is_guid
from console.core.policy.lint.base import Ground, Remark, listed, rule
from console.core.policy.lint.places import PolicyPlace
from console.core.policy.lint.verified import verified_after_inbound
from console.core.policy.policies import ENDINGS
from console.core.policy.text.document import Element
from console.core.policy.token.matching import is_literal
from console.core.policy.token.token_policy import TOKEN_POLICIES, TokenPolicy, holds_token_policy
from console.core.whole_number import whole_number

_SETS_AUTHORIZATION = frozenset({"authentication-managed-identity", "authentication-basic"})


@rule(
    "token-overwritten",
    "Token is replaced before it is checked",
    why="Policies run from top to bottom, so the token policy sees what an earlier policy put there.",
    do="Move the earlier policy below the token policy.",
    is_decisive=True,
)
def token_overwritten(ground: Ground) -> Iterator[Remark]:
    for policy in ground.inbound_policies:
        for place in ground.places_before(policy):
            # In a branch it is mostly meant: a token that came elsewhere is put where the policy looks.
            if place.is_certain and _overwrites(place, policy):
                text = f"{place.path} replaces or deletes the caller's token before {policy.kind} reads it."
                yield Remark(text, policy.path)


def _overwrites(place: PolicyPlace, policy: TokenPolicy) -> bool:
    element = place.element
    if place.name == "set-header":
        name = (element.attribute("name") or "").lower()
        return is_literal(name) and name == policy.header and _replaces(element)
    if place.name == "set-query-parameter":
        query = policy.query_parameter or ""
        return is_literal(query) and element.attribute("name") == query and _replaces(element)
    keeps_header = element.attribute("output-token-variable-name") is not None
    return place.name in _SETS_AUTHORIZATION and policy.header == "authorization" and not keeps_header


def _replaces(element: Element) -> bool:
    """Whether what the caller sent is lost. A value made from the call itself moves a token on purpose."""
    if element.attribute("exists-action") not in (None, "override", "delete"):
        return False
    return not any("context.Request" in value.text for value in element.all("value"))


@rule(
    "cors-after-token-policy",
    "cors after the token policy",
    why="An error from a policy above cors has no CORS headers, and a browser shows a CORS error in place of the 401.",
    do="Make cors the first policy of the inbound section.",
)
def cors_after_token_policy(ground: Ground) -> Iterator[Remark]:
    first: str = ""
    for place in ground.places_in("inbound"):
        if place.name in TOKEN_POLICIES and place.is_certain:
            first = first or place.path
        elif place.name == "cors" and first:
            text = f"cors comes after {first}: a refused call is answered without CORS headers, so browsers hide why."
            yield Remark(text, place.path)


@rule(
    "cors-without-token-header",
    "cors does not allow the token's header",
    why="A browser asks before it sends the header, and stops when it is not among the allowed ones.",
    do="Add the header, or *, to allowed-headers.",
)
def cors_without_token_header(ground: Ground) -> Iterator[Remark]:
    wanted = [policy.header for policy in ground.inbound_policies if policy.header and is_literal(policy.header)]
    for place in ground.places_in("inbound"):
        block = place.element.child("allowed-headers") if place.name == "cors" else None
        allowed = [header.text.strip().lower() for header in block.all("header")] if block else []
        if not allowed or not all(map(is_literal, allowed)) or "*" in allowed:
            continue
        if missing := [header for header in dict.fromkeys(wanted) if header not in allowed]:
            text = f"cors allows {listed(allowed)}, but not {listed(missing)}: browsers cannot send the token."
            yield Remark(text, place.path)


@rule(
    "never-reached",
    "Token policy is never reached",
    why="An earlier policy answers every call, so nobody's token is checked.",
    do="Move the token policy up.",
    is_decisive=True,
)
def never_reached(ground: Ground) -> Iterator[Remark]:
    ended = ""
    for place in ground.places_in("inbound"):
        if place.name in TOKEN_POLICIES and ended:
            text = f"{ended} answers every call before this policy, so no token is ever looked at."
            yield Remark(text, place.path)
        elif place.name in ENDINGS and place.is_certain:
            ended = ended or place.path


@rule(
    "conditional-validation",
    "Some calls are not checked",
    why="A choose without otherwise lets a call through unchecked when none of its conditions holds.",
    do="Add an otherwise with a token policy or with a return-response that refuses.",
)
def conditional_validation(ground: Ground) -> Iterator[Remark]:
    """A choose that validates for some calls, where nothing validates for all."""
    if verified_after_inbound(ground.document) != frozenset():
        return
    for place in ground.places_in("inbound"):
        is_outermost = place.name == "choose" and place.is_certain
        if is_outermost and _holds_token_policy(place.element) and not _spares_preflights(place.element):
            text = "Calls that take another way through this choose reach the API with no token policy of this text."
            yield Remark(text, place.path)


def _holds_token_policy(element: Element) -> bool:
    return holds_token_policy((element,))


def _spares_preflights(element: Element) -> bool:
    return any("OPTIONS" in (branch.attribute("condition") or "") for branch in element.all("when"))


@rule(
    "policies-exclude-each-other",
    "Two token policies that no token passes",
    why="Every token policy on the way must be passed, so what two of them accept must overlap.",
    do="List both values in one policy, or put the policies into branches of a choose.",
    is_decisive=True,
)
def policies_exclude_each_other(ground: Ground) -> Iterator[Remark]:
    certain = [policy for policy in ground.inbound_policies if policy.is_certain]
    for index, policy in enumerate(certain):
        for earlier in certain[:index]:
            if _same_source(policy, earlier) and (apart := _apart(policy, earlier)):
                text = f"No token passes both this policy and {earlier.path}: {apart}."
                yield Remark(text, policy.path)


def _same_source(one: TokenPolicy, other: TokenPolicy) -> bool:
    return one.header == other.header is not None


def _apart(one: TokenPolicy, other: TokenPolicy) -> str:
    audiences = [policy.audiences or () for policy in (one, other)]
    if one.is_entra and other.is_entra and all(audiences) and all(is_literal(a) for each in audiences for a in each):
        left, right = ({audience.rstrip("/") for audience in each} for each in audiences)
        if not left & right:
            return f"one wants the audience {listed(audiences[1], 'or')}, the other {listed(audiences[0], 'or')}"
    tenants = [policy.tenants or frozenset() for policy in (one, other)]
    is_known = all(tenants) and all(is_guid(tenant) for each in tenants for tenant in each)
    if is_known and not tenants[0] & tenants[1]:
        return f"one trusts the tenant {listed(sorted(tenants[1]))}, the other {listed(sorted(tenants[0]))}"
    return ""


@rule(
    "cached-before-validation",
    "Cached answers without a check",
    why="When the cache has an answer, the policies below cache-lookup do not run.",
    do="Move cache-lookup below the token policy.",
)
def cached_before_validation(ground: Ground) -> Iterator[Remark]:
    for policy in ground.inbound_policies:
        for place in ground.places_before(policy):
            # By default a call with an Authorization header is never answered from the cache.
            if place.name == "cache-lookup" and (_serves_tokens(place) or policy.header != "authorization"):
                text = f"An answer from the cache is given before {policy.path} has looked at the token."
                yield Remark(text, place.path)


@rule(
    "answer-shared-by-cache",
    "One caller may get another's answer",
    why="With allow-private-response-caching an answer made for one caller is kept and given to the next.",
    do="Add a vary-by-header for Authorization, or remove allow-private-response-caching.",
)
def answer_shared_by_cache(ground: Ground) -> Iterator[Remark]:
    for place in ground.places_in("inbound"):
        is_shared = place.name == "cache-lookup" and _serves_tokens(place) and not _varies_by_caller(place.element)
        if is_shared and ground.inbound_policies:
            text = "Answers to calls with an Authorization header are cached, but not kept apart by it."
            yield Remark(text, place.path)


def _serves_tokens(place: PolicyPlace) -> bool:
    return place.element.attribute("allow-private-response-caching") == "true"


def _varies_by_caller(element: Element) -> bool:
    by_developer = element.attribute("vary-by-developer") not in (None, "false")
    headers = {header.text.strip().lower() for header in element.all("vary-by-header")}
    return by_developer or bool(headers - {"accept", "accept-charset", "accept-encoding", "accept-language"})


@rule(
    "refusal-hidden",
    "Refusals look like successes",
    why="on-error replaces the 401 by a status that says success, and clients go on without data.",
    do="Give the answer of on-error the status of the error (context.Response.StatusCode).",
    is_decisive=True,
)
def refusal_hidden(ground: Ground) -> Iterator[Remark]:
    for place in ground.places_in("on-error"):
        status = _status_of(place)
        code = whole_number(status, digits=3)
        is_success = len(status) == 3 and code is not None and code < 400
        if ground.inbound_policies and place.is_certain and is_success:
            text = f"on-error answers every failure with {status}, so a refused token looks like a success."
            yield Remark(text, place.path)


def _status_of(place: PolicyPlace) -> str:
    """The status that a policy gives to the answer; "" when it gives none. return-response gives 200 by itself."""
    if place.name == "return-response":
        status = place.element.child("set-status")
        return (
            "200"
            if status is None and place.element.attribute("response-variable-name") is None
            else ((status.attribute("code") or "") if status else "")
        )
    return (place.element.attribute("code") or "") if place.name == "set-status" else ""
