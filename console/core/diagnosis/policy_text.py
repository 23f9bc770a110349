"""What a pasted gateway policy demands, read tolerantly: enough to compare a token with, not to evaluate the
policy."""

import html
import re
from dataclasses import dataclass

from console.core.issuers import read_issuer

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_VALIDATE = re.compile(r"<(validate-jwt|validate-azure-ad-token)\b([^>]*?)(?:/>|>(.*?)</\1\s*>)", re.S)
_CLAIM = re.compile(r"<claim\b([^>]*?)(?:/>|>(.*?)</claim\s*>)", re.S)
_OVERWRITES = re.compile(
    r"<authentication-(managed-identity|basic)\b(?![^>]*output-token-variable-name)"
    r"|<set-header\b[^>]*name\s*=\s*[\"']authorization[\"'][^>]*>",
    re.I,
)
_METADATA = re.compile(r"(/v2\.0)?/\.well-known/openid-configuration/?(?:\?.*)?$")
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


def read_policy(text: str) -> PolicyText | None:
    """The demands of the first validate-jwt or validate-azure-ad-token; None when there is none."""
    text = _COMMENT.sub("", text[:500_000])
    if "<validate-" not in text and "&lt;validate-" in text:
        text = html.unescape(text)
    found = _VALIDATE.search(text)
    if found is None:
        return None
    attributes, inner = _attributes(found[2]), found[3] or ""
    urls = tuple(url for tag in re.findall(r"<openid-config\b([^>]*)", inner) if (url := _attributes(tag).get("url")))
    clients = "<client-application-ids" in inner
    return PolicyText(
        element=found[1],
        header_name=_header_name(found[1], attributes),
        require_scheme=attributes.get("require-scheme", ""),
        tenant=attributes.get("tenant-id", ""),
        metadata_urls=urls,
        audiences=_texts(inner, "audience"),
        issuers=(*_texts(inner, "issuer"), *filter(None, map(issuer_of_metadata, urls))),
        client_ids=_texts(_section(inner, "client-application-ids"), "application-id") if clients else None,
        claims=tuple(_claim(tag, body) for tag, body in _CLAIM.findall(inner)),
        overwritten_by=_overwriting(text[: found.start()]),
        skew_s=int(skew) if (skew := attributes.get("clock-skew", "")).isdigit() and len(skew) < 9 else 0,
    )


def issuer_of_metadata(url: str) -> str | None:
    """The issuer that an Entra-like metadata address stands for; None for other servers and for common."""
    found = _METADATA.search(url)
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


def _header_name(element: str, attributes: dict[str, str]) -> str:
    if "query-parameter-name" in attributes or "token-value" in attributes:
        return ""
    return attributes.get("header-name", "Authorization" if element == "validate-azure-ad-token" else "")


def _attributes(tag: str) -> dict[str, str]:
    return {name: html.unescape(one or other) for name, one, other in _ATTRIBUTE.findall(tag)}


def _texts(xml: str, tag: str) -> tuple[str, ...]:
    found = re.findall(rf"<{tag}(?:\s[^>]*)?>(.*?)</{tag}\s*>", xml, re.S)
    return tuple(html.unescape(text) for text in found)


def _section(xml: str, tag: str) -> str:
    found = re.search(rf"<{tag}\b[^>]*>(.*?)</{tag}\s*>", xml, re.S)
    return found[1] if found else ""


def _claim(tag: str, body: str) -> RequiredClaim:
    attributes = _attributes(tag)
    return RequiredClaim(
        attributes.get("name", ""), attributes.get("match", "all"), attributes.get("separator"), _texts(body, "value")
    )


def _overwriting(before: str) -> str:
    found = _OVERWRITES.search(before)
    return found[0].split()[0].lstrip("<") if found else ""
