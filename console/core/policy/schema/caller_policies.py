"""The other policies that decide about a caller: headers, addresses, origins, limits, certificates, connections."""

from collections.abc import Callable, Iterator
from ipaddress import ip_address

from console.core.json.text import shorten
from console.core.policy.schema.runtime import is_open
from console.core.policy.schema.shapes import (
    Attribute,
    Child,
    Kind,
    Rule,
    Shape,
    listed,
    optional,
    policy,
    problem,
    required,
)
from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem

_VALUES = (Child(Shape("value", has_text=True)),)


def _needs_one_of(*names: str) -> Rule:
    def rule(element: Element) -> Iterator[PolicyProblem]:
        if all(element.attribute(name) is None for name in names):
            wanted = " or ".join(names)
            yield problem(
                element, "missing-attribute", f"<{element.name}> has neither {' nor '.join(names)}.", f"Write {wanted}."
            )

    return rule


def _address(read: Callable[[Element], tuple[tuple[str, str], ...]]) -> Rule:
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


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


_ONE_ADDRESS = _address(lambda element: (("<address>", element.text),))
_TWO_ADDRESSES = _address(
    lambda element: (
        tuple((f"{name} of <address-range>", element.attribute(name) or "") for name in ("from", "to"))
        if element.attribute("from") is not None and element.attribute("to") is not None
        else ()
    )
)

CHECK_HEADER = policy(
    "check-header",
    *required("name"),
    Attribute("failed-check-httpcode", Kind.INTEGER, is_required=True),
    Attribute("failed-check-error-message"),
    Attribute("ignore-case", Kind.BOOLEAN),
    children=_VALUES,
)
IP_FILTER = policy(
    "ip-filter",
    Attribute("action", choices=("allow", "forbid")),
    children=(
        Child(Shape("address", has_text=True, rules=(_ONE_ADDRESS,))),
        Child(Shape("address-range", required("from", "to"), rules=(_TWO_ADDRESSES,))),
    ),
)
CORS = policy(
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

_TOLD = optional(
    "retry-after-header-name",
    "retry-after-variable-name",
    "remaining-calls-header-name",
    "remaining-calls-variable-name",
    "total-calls-header-name",
)
_NAMED = optional("id", "name")
_CALLS = (Attribute("calls", Kind.INTEGER), Attribute("renewal-period", Kind.INTEGER))
_AMOUNT = (Attribute("calls", Kind.INTEGER), Attribute("bandwidth", Kind.INTEGER))
_WHICH = _needs_one_of("name", "id")
_RATE_OPERATION = Child(Shape("operation", (*_NAMED, *_CALLS, *_TOLD), rules=(_WHICH,)))
_QUOTA_PERIOD = Attribute("renewal-period", Kind.INTEGER)

RATE_LIMIT = policy(
    "rate-limit",
    Attribute("calls", Kind.INTEGER, is_required=True),
    Attribute("renewal-period", Kind.INTEGER, is_required=True),
    *_TOLD,
    children=(Child(Shape("api", (*_NAMED, *_CALLS, *_TOLD), (_RATE_OPERATION,), rules=(_WHICH,))), _RATE_OPERATION),
)
RATE_LIMIT_BY_KEY = policy(
    "rate-limit-by-key",
    Attribute("calls", Kind.INTEGER, is_required=True),
    Attribute("renewal-period", Kind.INTEGER, is_required=True),
    *required("counter-key"),
    *optional("increment-condition", "increment-count"),
    *optional("increment-after-response", "flexible-retry-window", kind=Kind.BOOLEAN),
    *_TOLD,
)
_QUOTA_OPERATION = Child(Shape("operation", (*_NAMED, *_AMOUNT, _QUOTA_PERIOD), rules=(_WHICH,)))
QUOTA = policy(
    "quota",
    *_AMOUNT,
    Attribute("renewal-period", Kind.INTEGER, is_required=True),
    children=(
        Child(Shape("api", (*_NAMED, *_AMOUNT, _QUOTA_PERIOD), (_QUOTA_OPERATION,), rules=(_WHICH,))),
        _QUOTA_OPERATION,
    ),
    rules=(_needs_one_of("calls", "bandwidth"),),
)
QUOTA_BY_KEY = policy(
    "quota-by-key",
    *_AMOUNT,
    *required("counter-key"),
    Attribute("renewal-period", Kind.INTEGER, is_required=True),
    Attribute("first-period-start", Kind.DATE_TIME),
    *optional("increment-condition", "increment-count"),
    rules=(_needs_one_of("calls", "bandwidth"),),
)
VALIDATE_CLIENT_CERTIFICATE = policy(
    "validate-client-certificate",
    *optional(
        "validate-revocation",
        "validate-trust",
        "validate-not-before",
        "validate-not-after",
        "ignore-error",
        kind=Kind.BOOLEAN,
    ),
    children=(
        Child(
            Shape(
                "identities",
                children=(
                    Child(
                        Shape(
                            "identity",
                            optional(
                                "thumbprint",
                                "serial-number",
                                "common-name",
                                "subject",
                                "dns-name",
                                "issuer-subject",
                                "issuer-thumbprint",
                                "issuer-certificate-id",
                            ),
                            has_text=True,
                        ),
                        least=1,
                        most=10,
                    ),
                ),
            ),
            most=1,
        ),
    ),
)
GET_AUTHORIZATION_CONTEXT = policy(
    "get-authorization-context",
    *required("provider-id", "authorization-id", "context-variable-name"),
    *optional("identity-type", "identity"),
    Attribute("ignore-error", Kind.BOOLEAN),
)
AUTHENTICATION_MANAGED_IDENTITY = policy(
    "authentication-managed-identity",
    *required("resource"),
    *optional("client-id", "output-token-variable-name"),
    Attribute("ignore-error", Kind.BOOLEAN),
)

SHAPES = (
    CHECK_HEADER,
    IP_FILTER,
    CORS,
    RATE_LIMIT,
    RATE_LIMIT_BY_KEY,
    QUOTA,
    QUOTA_BY_KEY,
    VALIDATE_CLIENT_CERTIFICATE,
    GET_AUTHORIZATION_CONTEXT,
    AUTHENTICATION_MANAGED_IDENTITY,
)
