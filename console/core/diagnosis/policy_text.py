"""What a pasted gateway policy demands: enough to compare a token with, not to evaluate the policy."""

import re
from dataclasses import dataclass

from console.core.issuers import read_issuer
from console.core.policy.text.document import PolicyDocument, PolicyProblem
from console.core.policy.text.document import read_policy as read_document
from console.core.policy.text.element import Element, walk

_TOKEN_POLICIES = frozenset({"validate-jwt", "validate-azure-ad-token"})
_METADATA = re.compile(r"(/v2\.0)?/\.well-known/openid-configuration/?+(?:\?[^\n]*+)?+\Z")
_MAX_URL = 2_000
_ANY_TENANT = frozenset({"common", "organizations", "consumers"})


@dataclass(frozen=True, slots=True)
class RequiredClaim:
    """One <claim>: `match` is all or any; `separator` None when not given."""

    name: str
    match: str
    separator: str | None
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PolicyText:
    """The first token policy of a document. `issuers` holds those listed and those the metadata addresses
    imply.

    `overwritten_by` names an earlier policy that changes the Authorization header, "" when there is none.
    `header_name` is "" when the policy does not read a header.
    """

    element: str
    header_name: str
    require_scheme: str
    tenant: str
    metadata_urls: tuple[str, ...]
    audiences: tuple[str, ...]
    issuers: tuple[str, ...]
    client_ids: tuple[str, ...] | None
    claims: tuple[RequiredClaim, ...]
    overwritten_by: str
    skew_s: int


def read_policy(text: str) -> PolicyText | PolicyProblem | None:
    """The demands of the first validate-jwt or validate-azure-ad-token; None when there is none.

    The text is read by the one reader of gateway policies; what that cannot read is its problem, not a guess.
    """
    document = read_document(text)
    return document if isinstance(document, PolicyProblem) else _demands(document)


def _demands(document: PolicyDocument) -> PolicyText | None:
    overwritten_by = ""
    for element in walk(document.roots):
        if element.name in _TOKEN_POLICIES:
            return _of_policy(element, document.source, overwritten_by)
        overwritten_by = overwritten_by or (element.name if _overwrites(element) else "")
    return None


def _of_policy(element: Element, source: str, overwritten_by: str) -> PolicyText:
    inside = tuple(walk(element.children))
    urls = tuple(url for one in _named(inside, "openid-config") if (url := one.attribute("url")))
    clients = element.child("client-application-ids")
    skew = element.attribute("clock-skew") or ""
    return PolicyText(
        element=element.name,
        header_name=_header_name(element),
        require_scheme=element.attribute("require-scheme") or "",
        tenant=element.attribute("tenant-id") or "",
        metadata_urls=urls,
        audiences=_texts(inside, "audience", source),
        issuers=(*_texts(inside, "issuer", source), *filter(None, map(issuer_of_metadata, urls))),
        client_ids=None if clients is None else _texts(clients.children, "application-id", source),
        claims=tuple(_claim(one, source) for one in _named(inside, "claim")),
        overwritten_by=overwritten_by,
        skew_s=int(skew) if skew.isascii() and skew.isdigit() and len(skew) < 9 else 0,
    )


def issuer_of_metadata(url: str) -> str | None:
    """The issuer that an Entra-like metadata address stands for; None for other servers and for common."""
    found = _METADATA.search(url) if len(url) <= _MAX_URL else None
    if found is None:
        return None
    authority = url[: found.start()]
    base, _, tenant = authority.rpartition("/")
    form = read_issuer(f"{authority}/v2.0")
    if form.provider not in {"entra", "sandbox"} or tenant.lower() in _ANY_TENANT or "://" not in base:
        return None
    if found[1]:
        return f"{authority}/v2.0"
    if form.provider == "sandbox":
        return f"{base}/sts/{tenant}/"
    host = "sts.chinacloudapi.cn" if form.cloud == "china" else "sts.windows.net"
    return f"https://{host}/{tenant}/"


def _header_name(element: Element) -> str:
    if element.attribute("query-parameter-name") is not None or element.attribute("token-value") is not None:
        return ""
    usual = "Authorization" if element.name == "validate-azure-ad-token" else ""
    return element.attribute("header-name") or usual


def _named(elements: tuple[Element, ...], name: str) -> tuple[Element, ...]:
    return tuple(element for element in elements if element.name == name)


def _texts(elements: tuple[Element, ...], name: str, source: str) -> tuple[str, ...]:
    return tuple(_whole_text(element, source) for element in _named(elements, name))


def _whole_text(element: Element, source: str) -> str:
    """The text with the white space around it, which the gateway leaves out and a person should be told of."""
    raw = source[slice(*element.inner)] if element.inner else ""
    before, after = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    return raw[:before] + element.text + raw[after:] if element.text else element.text


def _claim(element: Element, source: str) -> RequiredClaim:
    match = element.attribute("match") or "all"
    return RequiredClaim(
        element.attribute("name") or "",
        match,
        element.attribute("separator"),
        _texts(element.children, "value", source),
    )


def _overwrites(element: Element) -> bool:
    """Whether it writes the Authorization header that a token policy behind it reads."""
    if element.name == "set-header":
        return (element.attribute("name") or "").lower() == "authorization"
    is_credential = element.name in ("authentication-managed-identity", "authentication-basic")
    return is_credential and element.attribute("output-token-variable-name") is None
