"""`check-header`: the call must carry a header, with one of the listed values when there are any."""

from dataclasses import dataclass

from console.core.policy.engine.model import Flow, GatewayCheck, Outcome, PolicyStep, Warned
from console.core.policy.policies.base import INBOUND, REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Attribute,
    Child,
    ElementShape,
    Kind,
    policy,
    required,
)
from console.core.policy.text.document import Element
from console.core.policy.token.attributes import integer
from console.core.policy.token.matching import in_words, is_placeholder
from console.core.policy.token.step_of_checks import passed, step, unknown
from console.core.redaction.names import AUTHORIZATION_HEADERS, COOKIE_HEADERS, TOKEN_HEADERS, is_secret_header
from console.core.redaction.redact import redact_text

NAME = "check-header"
CHECK = "header"
_SECRET_ENDINGS = ("-key", "-token", "-auth", "-verify", "-secret", "-signature", "-credential", "-credentials", "-jwt")
_SECRET_WORDS = frozenset({"key", "auth", "jwt", "signature", "credential", "credentials"})


@dataclass(frozen=True, slots=True)
class HeaderRule:
    """`ignores_case` None: only known at run time."""

    name: str
    wanted: tuple[str, ...]
    ignores_case: bool | None


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    unreadable: list[str] = []
    status = integer(element, "failed-check-httpcode", 401, unreadable)
    message = element.attribute("failed-check-error-message")
    rule = HeaderRule(
        element.attribute("name") or "",
        tuple(value.text for value in element.all("value")),
        {"true": True, "1": True, "false": False, "0": False, None: False}.get(element.attribute("ignore-case")),
    )
    check = _judge(rule, flow.request.header_values(rule.name))
    warnings: tuple[Warned, ...] = ()
    if check.outcome is Outcome.FAIL and (unreadable or (message is not None and is_placeholder(message))):
        warnings = (Warned("unconfirmed-body", "The status or the text of this refusal is only known at run time."),)
    return step(NAME, (check,), status=status, message=message, warnings=warnings), flow


def _judge(rule: HeaderRule, actual: tuple[str, ...]) -> GatewayCheck:
    if is_placeholder(rule.name):
        return unknown(CHECK, "The name of the wanted header is only known at run time.", needs=(rule.name,))
    if not any(value.strip() for value in actual):
        return GatewayCheck(
            CHECK,
            Outcome.FAIL,
            f"The call has no header {rule.name}.",
            expected=_shown(rule, rule.wanted) or f"any value of {rule.name}",
            reason="HeaderNotFound",
            message=f"Header {rule.name} was not found in the request. Access denied.",
        )
    if not rule.wanted:
        return passed(CHECK, f"The call has a header {rule.name}.")
    return _compared(rule, actual)


def _compared(rule: HeaderRule, actual: tuple[str, ...]) -> GatewayCheck:
    expected, shown = _shown(rule, rule.wanted), _shown(rule, actual)
    if _matches(rule.wanted, actual, ignores_case=bool(rule.ignores_case)):
        return passed(CHECK, f"The header {rule.name} has an accepted value.", expected=expected, actual=shown)
    needs = tuple(value for value in (*rule.wanted, *actual) if is_placeholder(value))
    if rule.ignores_case is None and _matches(rule.wanted, actual, ignores_case=True):
        needs += ("ignore-case",)
    if needs:
        return unknown(CHECK, f"A value of the header {rule.name} is only known at run time.", needs=needs)
    is_case = not rule.ignores_case and _matches(rule.wanted, actual, ignores_case=True)
    hint = " They differ in letter case only." if is_case else ""
    value = shown or "it has"
    return GatewayCheck(
        CHECK,
        Outcome.FAIL,
        f"The header {rule.name} has a value that the policy does not list.{hint}",
        expected=expected,
        actual=shown,
        reason="HeaderValueNotAllowed",
        message=f"Header {rule.name} value of {value} is not allowed. Access denied.",
    )


def _matches(wanted: tuple[str, ...], actual: tuple[str, ...], *, ignores_case: bool) -> bool:
    """One match is enough. A value nobody knows matches nothing."""
    known = {value.lower() if ignores_case else value for value in wanted if not is_placeholder(value)}
    return any((value.lower() if ignores_case else value) in known for value in actual)


def _shown(rule: HeaderRule, values: tuple[str, ...]) -> str | None:
    """The values for people, without any token or credential in them; None for a header that may carry a secret."""
    return None if holds_secret(rule.name) else redact_text(in_words(values)) or None


def holds_secret(header: str) -> bool:
    """Whether a header's name says that nobody but its sender and its reader may know the value."""
    name = header.lower()
    if name in AUTHORIZATION_HEADERS | COOKIE_HEADERS | TOKEN_HEADERS or is_secret_header(name):
        return True
    return name.replace("_", "-").endswith(_SECRET_ENDINGS) or name in _SECRET_WORDS


def _reads(element: Element) -> tuple[str, ...]:
    return (f"header:{(element.attribute('name') or '').lower()}",)


SHAPE = policy(
    "check-header",
    *required("name"),
    Attribute("failed-check-httpcode", Kind.INTEGER, is_required=True),
    *required("failed-check-error-message"),
    Attribute("ignore-case", Kind.BOOLEAN, is_required=True),
    children=(Child(ElementShape("value", has_text=True)),),
)

POLICY = Policy(
    name=NAME,
    title="Check a header",
    source=REFERENCE + "check-header",
    run=run,
    shape=SHAPE,
    sections=INBOUND,
    may_refuse=True,
    reads=_reads,
)
