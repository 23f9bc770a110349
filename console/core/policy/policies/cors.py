"""`cors`: answers a browser's preflight by itself; other calls pass, but for an unlisted origin that is turned away.

A preflight from an unlisted origin gets an empty 200, which a browser reports as a CORS error. What the default of
terminate-unmatched-request is, the vendor's page says in two ways.
"""

from urllib.parse import urlsplit

from console.core.exchange import Header
from console.core.policy.engine.answers import GatewayAnswer
from console.core.policy.engine.model import Flow, GatewayCheck, Outcome, PolicyStep, Verdict, Warned
from console.core.policy.engine.request import GatewayRequest
from console.core.policy.policies.base import INBOUND, REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Attribute,
    Child,
    Kind,
    listed,
    optional,
    policy,
)
from console.core.policy.text.document import Element
from console.core.policy.token.matching import in_words, is_placeholder
from console.core.policy.token.step_of_checks import passed

NAME = "cors"
CHECK = "origin"
SWITCH = "unmatched-cors"
_PORTS = {"http": 80, "https": 443}


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    origins = flow.request.header_values("Origin")
    if not origins:
        return PolicyStep(
            NAME, "", Verdict.ALLOW, (passed(CHECK, "The call has no Origin: it comes from no other site."),)
        ), flow
    if flow.request.is_preflight:
        return _preflight(element, flow), flow
    if flow.request.method.upper() in ("GET", "HEAD"):
        return _simple(element, origins[0]), flow
    return PolicyStep(
        NAME, "", Verdict.ALLOW, (passed(CHECK, "Only preflights, GET and HEAD are looked at here."),)
    ), flow


def _preflight(element: Element, flow: Flow) -> PolicyStep:
    origin, (allowed, needs) = flow.request.header_values("Origin")[0], _origins(element, flow.request)
    if allowed:
        check = passed(CHECK, f"The origin {origin} is listed.", expected=_shown(element), actual=origin)
        if missing := _refused_by_browser(element, flow.request):
            return _ended(check, GatewayAnswer(200, "", ()), Warned("cors-mismatch", missing))
        return _ended(check, GatewayAnswer(200, "", _headers(element, origin)))
    if needs:
        check = GatewayCheck(CHECK, Outcome.UNKNOWN, "A listed origin is only known at run time.", needs=needs)
        return _ended(check, GatewayAnswer(200, "", ()))
    check = GatewayCheck(
        CHECK, Outcome.NOT_CHECKED, f"The origin {origin} is not listed.", expected=_shown(element), actual=origin
    )
    unlisted = Warned("cors-mismatch", f"The origin {origin} is not listed, so the browser will not send the call.")
    if element.attribute("terminate-unmatched-request") == "true":
        return _ended(check, GatewayAnswer(200, "", ()), unlisted)
    text = "Whether a preflight from an unlisted origin is answered with an empty 200 is documented in two ways."
    unconfirmed = Warned("unconfirmed-behaviour", text, switch=SWITCH)
    if flow.switches.get(SWITCH) == "continues":
        return PolicyStep(NAME, "", Verdict.ALLOW, (check,), warnings=(unlisted, unconfirmed))
    return _ended(check, GatewayAnswer(200, "", ()), unlisted, unconfirmed)


def _ended(check: GatewayCheck, answer: GatewayAnswer, *warnings: Warned) -> PolicyStep:
    return PolicyStep(NAME, "", Verdict.ALLOW, (check,), answer, warnings, is_last=True)


def _simple(element: Element, origin: str) -> PolicyStep:
    """A GET or HEAD of another site: it goes on, unless the policy turns unlisted origins away."""
    allowed, needs = _matches(element, origin)
    if allowed or needs:
        check = passed(CHECK, f"The origin {origin} is listed, or may be.", expected=_shown(element), actual=origin)
        return PolicyStep(NAME, "", Verdict.ALLOW, (check,), needs=needs)
    check = GatewayCheck(
        CHECK, Outcome.NOT_CHECKED, f"The origin {origin} is not listed.", expected=_shown(element), actual=origin
    )
    unlisted = Warned("cors-mismatch", f"The origin {origin} is not listed, so a browser will not show the answer.")
    ends = element.attribute("terminate-unmatched-request")
    if ends == "true":
        return _ended(check, GatewayAnswer(200, "", ()), unlisted)
    if ends == "false":
        return PolicyStep(NAME, "", Verdict.ALLOW, (check,), warnings=(unlisted,))
    text = (
        "Whether a call from an unlisted origin ends here with an empty 200 is documented in two ways; it goes on here."
    )
    return PolicyStep(NAME, "", Verdict.ALLOW, (check,), warnings=(unlisted, Warned("unconfirmed-behaviour", text)))


def _origins(element: Element, request: GatewayRequest) -> tuple[bool, tuple[str, ...]]:
    return _matches(element, request.header_values("Origin")[0])


def _matches(element: Element, origin: str) -> tuple[bool, tuple[str, ...]]:
    """Whether the origin is listed, and the entries that only the runtime knows when it is not."""
    listed = _texts(element, "allowed-origins", "origin")
    wanted = _normal(origin)
    if any(one == "*" or _normal(one) == wanted for one in listed):
        return True, ()
    return False, tuple(one for one in listed if is_placeholder(one))


def _normal(origin: str) -> tuple[str, str, int | None]:
    """Scheme, host and port of an origin (RFC 6454 section 4), the usual port filled in."""
    try:
        split = urlsplit(origin.strip().rstrip("/"))
        return split.scheme.lower(), (split.hostname or "").lower(), split.port or _PORTS.get(split.scheme.lower())
    except ValueError:
        return "", origin, None


def _refused_by_browser(element: Element, request: GatewayRequest) -> str:
    """Why a browser will not send the call although its origin is listed; "" when it will."""
    method = request.header_values("Access-Control-Request-Method")[0].strip()
    methods = _texts(element, "allowed-methods", "method") or ("GET", "POST")
    if "*" not in methods and method.upper() not in {one.upper() for one in methods}:
        return f"The method {method} is not allowed to other sites (allowed: {', '.join(methods)})."
    asked = ",".join(request.header_values("Access-Control-Request-Headers"))
    listed = {one.lower() for one in _texts(element, "allowed-headers", "header")}
    missing = [one.strip() for one in asked.split(",") if one.strip() and one.strip().lower() not in listed]
    if missing and "*" not in listed:
        return (
            f"The header {missing[0]} is not allowed to other sites (allowed: {', '.join(sorted(listed)) or 'none'})."
        )
    return ""


def _headers(element: Element, origin: str) -> tuple[Header, ...]:
    """The headers that let the browser go on."""
    allowed = ("Access-Control-Allow-Origin", origin)
    methods = (
        "Access-Control-Allow-Methods",
        ",".join(_texts(element, "allowed-methods", "method") or ("GET", "POST")),
    )
    names = ("Access-Control-Allow-Headers", ",".join(_texts(element, "allowed-headers", "header")))
    with_credentials = element.attribute("allow-credentials") == "true"
    return (allowed, methods, names, *((("Access-Control-Allow-Credentials", "true"),) if with_credentials else ()))


def _texts(element: Element, parent: str, name: str) -> tuple[str, ...]:
    found = element.child(parent)
    return tuple(child.text for child in found.all(name)) if found else ()


def _shown(element: Element) -> str:
    return in_words(_texts(element, "allowed-origins", "origin")) or "no origin"


def _reads(_: Element) -> tuple[str, ...]:
    return ("header:origin", "header:access-control-request-method", "header:access-control-request-headers")


SHAPE = policy(
    "cors",
    *optional("allow-credentials", "terminate-unmatched-request", kind=Kind.BOOLEAN),
    children=(
        Child(listed("allowed-origins", "origin", least=1), least=1, most=1),
        Child(
            listed(
                "allowed-methods", "method", least=1, attributes=(Attribute("preflight-result-max-age", Kind.COUNT),)
            ),
            most=1,
        ),
        Child(listed("allowed-headers", "header", least=1), most=1),
        Child(listed("expose-headers", "header", least=1), most=1),
    ),
)

POLICY = Policy(
    name=NAME,
    title="Allow other sites (CORS)",
    source=REFERENCE + "cors",
    run=run,
    shape=SHAPE,
    sections=INBOUND,
    reads=_reads,
)
