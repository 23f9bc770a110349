"""What policies that refuse nobody must say of themselves, and where they belong. Source: the vendor's reference."""

from collections.abc import Iterator

from console.core.policy.policies.shapes import (
    Attribute,
    ElementShape,
    optional,
    policy,
    problem,
    required,
)
from console.core.policy.text.element import Element
from console.core.policy.text.problem import PolicyProblem

INBOUND, BACKEND, OUTBOUND, ON_ERROR = "inbound", "backend", "outbound", "on-error"


def _shape(name: str, *attributes: Attribute) -> ElementShape:
    return policy(name, *attributes, is_mixed=True, takes_more=True)


def _names_a_back_end(element: Element) -> Iterator[PolicyProblem]:
    if element.attribute("base-url") is None and element.attribute("backend-id") is None:
        what = "<set-backend-service> has neither base-url nor backend-id."
        yield problem(element, "missing-attribute", what, "Write base-url or backend-id.")


_FABRIC = (
    "sf-resolve-condition", "sf-service-instance-name", "sf-partition-key", "sf-listener-name", "dapr-app-id",
    "dapr-method", "dapr-namespace",
)  # fmt: skip
SHAPES: tuple[ElementShape, ...] = (
    _shape(
        "cache-lookup",
        *required("vary-by-developer", "vary-by-developer-groups"),
        *optional("caching-type", "downstream-caching-type", "must-revalidate", "allow-private-response-caching"),
    ),
    _shape("cache-lookup-value", *required("key", "variable-name"), *optional("default-value", "caching-type")),
    _shape("cache-remove-value", *required("key"), *optional("caching-type")),
    _shape("cache-store", *required("duration"), *optional("cache-response", "caching-type")),
    _shape("cache-store-value", *required("key", "value", "duration"), *optional("caching-type")),
    _shape("emit-metric", *required("name"), *optional("value", "namespace")),
    _shape("find-and-replace", *required("from", "to")),
    _shape(
        "forward-request",
        *optional("http-version", "timeout", "timeout-ms", "continue-timeout", "follow-redirects"),
        *optional("buffer-request-body", "buffer-response", "fail-on-error-status-code"),
    ),
    _shape(
        "json-to-xml",
        *required("apply"),
        *optional("consider-accept-header", "parse-date", "namespace-separator", "namespace-prefix"),
        *optional("attribute-block-name"),
    ),
    _shape("jsonp", *required("callback-parameter-name")),
    _shape("log-to-eventhub", *required("logger-id"), *optional("partition-id", "partition-key")),
    _shape("proxy", *required("url"), *optional("username", "password")),
    _shape("rewrite-uri", *required("template"), *optional("copy-unmatched-params")),
    _shape("send-one-way-request", *optional("mode", "timeout")),
    _shape("send-request", *optional("mode", "response-variable-name", "timeout", "ignore-error")),
    policy(
        "set-backend-service",
        *optional("base-url", "backend-id", *_FABRIC),
        is_mixed=True,
        takes_more=True,
        rules=(_names_a_back_end,),
    ),
    _shape("trace", *required("source"), *optional("severity")),
    _shape(
        "xml-to-json",
        *required("kind", "apply"),
        *optional("consider-accept-header", "always-array-child-elements", "always-array-children"),
    ),
)
DOCUMENTED_IN: dict[str, tuple[str, ...]] = {
    "cache-lookup": (INBOUND,),
    "cache-store": (OUTBOUND,),
    "cross-domain": (INBOUND,),
    "forward-request": (BACKEND,),
    "json-to-xml": (INBOUND, OUTBOUND, ON_ERROR),
    "jsonp": (OUTBOUND,),
    "proxy": (INBOUND,),
    "redirect-content-urls": (INBOUND, OUTBOUND),
    "rewrite-uri": (INBOUND,),
    "set-backend-service": (INBOUND, BACKEND),
    "set-method": (INBOUND, ON_ERROR),
    "xml-to-json": (INBOUND, OUTBOUND, ON_ERROR),
    "xsl-transform": (INBOUND, OUTBOUND),
}
