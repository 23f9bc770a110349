"""`ip-filter`: only the listed addresses may call, or all but the listed ones."""

from collections.abc import Callable, Iterable, Iterator
from ipaddress import IPv4Address, IPv6Address, ip_address

from console.core.json.text import shorten
from console.core.policy.engine.model import Flow, GatewayCheck, Outcome, PolicyStep, Warned
from console.core.policy.policies.base import INBOUND, REFERENCE, Policy
from console.core.policy.policies.shapes import (
    Attribute,
    Child,
    ElementShape,
    Rule,
    policy,
    problem,
    required,
)
from console.core.policy.text.document import Element
from console.core.policy.text.expressions import is_open
from console.core.policy.text.problem import PolicyProblem
from console.core.policy.token.matching import in_words, is_placeholder
from console.core.policy.token.step_of_checks import passed, step, unknown

NAME = "ip-filter"
CHECK = "ip"
Address = IPv4Address | IPv6Address


def run(element: Element, flow: Flow) -> tuple[PolicyStep, Flow]:
    check = _judge(element, flow.request.client_ip)
    warnings: tuple[Warned, ...] = ()
    if check.outcome is Outcome.FAIL:
        text = "Nobody has confirmed the body of this 403; the status and the reason are documented."
        warnings = (Warned("unconfirmed-body", text),)
    return step(NAME, (check,), status=403, warnings=warnings), flow


def _judge(element: Element, client_ip: str | None) -> GatewayCheck:
    action = element.attribute("action") or "allow"
    if client_ip is None:
        return unknown(CHECK, "The caller's address is not known.", needs=("client_ip",))
    caller = _address(client_ip)
    if caller is None:
        message = "Failed to establish IP address for the caller. Access denied."
        what = "The caller's address cannot be read as an IP address."
        return GatewayCheck(CHECK, Outcome.FAIL, what, reason="FailedToParseCallerIP", message=message)
    if is_placeholder(action):
        return unknown(CHECK, "Whether the list allows or forbids is only known at run time.", needs=(action,))
    is_listed, needs = _listed(element, caller)
    if action == "forbid":
        return _forbidding(element, str(caller), is_listed, needs)
    return _allowing(element, str(caller), is_listed, needs)


def _allowing(element: Element, caller: str, is_listed: bool, needs: tuple[str, ...]) -> GatewayCheck:
    expected = in_list(element.children)
    if is_listed:
        return passed(
            CHECK, f"The caller {caller} is in the list of allowed addresses.", expected=expected, actual=caller
        )
    if needs:
        return unknown(CHECK, "An allowed address is only known at run time.", needs=needs)
    return GatewayCheck(
        CHECK,
        Outcome.FAIL,
        f"The caller {caller} is not in the list of allowed addresses.",
        expected=expected,
        actual=caller,
        reason="CallerIpNotAllowed",
        message=f"Caller IP address {caller} is not allowed. Access denied.",
    )


def _forbidding(element: Element, caller: str, is_listed: bool, needs: tuple[str, ...]) -> GatewayCheck:
    expected = f"none of {in_list(element.children)}"
    if is_listed:
        return GatewayCheck(
            CHECK,
            Outcome.FAIL,
            f"The caller {caller} is in the list of forbidden addresses.",
            expected=expected,
            actual=caller,
            reason="CallerIpBlocked",
            message="Caller IP address is blocked. Access denied.",
        )
    if needs:
        return unknown(CHECK, "A forbidden address is only known at run time.", needs=needs)
    return passed(
        CHECK, f"The caller {caller} is not in the list of forbidden addresses.", expected=expected, actual=caller
    )


def _listed(element: Element, caller: Address) -> tuple[bool, tuple[str, ...]]:
    """Whether the caller is in the list, and the entries that nobody here can read."""
    open_entries = tuple(" to ".join(_bounds(child)) for child in element.children if _addresses(child) is None)
    return any(_covers(child, caller) for child in element.children), open_entries


def entries_for(element: Element, client_ip: str) -> tuple[Element, ...]:
    """The addresses and ranges of the list that the caller falls under; none for what is no address."""
    caller = _address(client_ip)
    return () if caller is None else tuple(child for child in element.children if _covers(child, caller))


def in_list(entries: Iterable[Element]) -> str:
    """Addresses and ranges for people."""
    return in_words("-".join(_bounds(child)) for child in entries)


def _covers(child: Element, caller: Address) -> bool:
    found = _addresses(child)
    return found is not None and _is_between(caller, found)


def _addresses(child: Element) -> tuple[Address, ...] | None:
    """None when one of them is none that can be read here."""
    found = tuple(_address(text) for text in _bounds(child))
    return None if None in found else tuple(one for one in found if one is not None)


def _bounds(child: Element) -> tuple[str, ...]:
    """One address, or the first and the last of a range."""
    if child.name == "address-range":
        return child.attribute("from") or "", child.attribute("to") or ""
    return (child.text,)


def _is_between(caller: Address, bounds: tuple[Address, ...]) -> bool:
    first, last = bounds[0], bounds[-1]
    return {first.version, last.version} == {caller.version} and int(first) <= int(caller) <= int(last)


def _address(text: str) -> Address | None:
    """The address; an IPv4 one that is written inside an IPv6 one counts as IPv4. None for anything else."""
    try:
        address = ip_address(text.strip().strip("[]"))
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, IPv6Address) else address


def _must_be_addresses(read: Callable[[Element], tuple[tuple[str, str], ...]]) -> Rule:
    def rule(element: Element) -> Iterator[PolicyProblem]:
        for where, text in read(element):
            if not is_open(text) and not _is_address(text.strip()):
                yield problem(
                    element,
                    "wrong-value",
                    f'{where} is "{shorten(text.strip(), 60)}", which is no IPv4 or IPv6 address.',
                    "Write one address, such as 203.0.113.7; for a network write <address-range> with from and to.",
                )

    return rule


def _lists_something(element: Element) -> Iterator[PolicyProblem]:
    """The reference asks for one entry at least."""
    if not element.children:
        what = "<ip-filter> lists neither an <address> nor an <address-range>."
        yield problem(element, "missing-child", what, "Write the addresses that it is about.")


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


_ONE_ADDRESS = _must_be_addresses(lambda element: (("<address>", element.text),))
_TWO_ADDRESSES = _must_be_addresses(
    lambda element: (
        tuple((f"{name} of <address-range>", element.attribute(name) or "") for name in ("from", "to"))
        if element.attribute("from") is not None and element.attribute("to") is not None
        else ()
    )
)
SHAPE = policy(
    "ip-filter",
    Attribute("action", is_required=True, choices=("allow", "forbid")),
    children=(
        Child(ElementShape("address", has_text=True, rules=(_ONE_ADDRESS,))),
        Child(ElementShape("address-range", required("from", "to"), rules=(_TWO_ADDRESSES,))),
    ),
    rules=(_lists_something,),
)

POLICY = Policy(
    name=NAME,
    title="Restrict caller IPs",
    source=REFERENCE + "ip-filter",
    run=run,
    shape=SHAPE,
    sections=INBOUND,
    may_refuse=True,
)
