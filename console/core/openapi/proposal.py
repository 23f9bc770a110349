"""What an OpenAPI document says of its API beside its operations, each value with the place it was read from."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from urllib.parse import urlsplit

from console.core.compare import is_guid
from console.core.http.key_header import key_header_problem
from console.core.json.text import shorten
from console.core.openapi.judging import permission
from console.core.openapi.kept import DocumentFacts
from console.core.openapi.model import DocumentOperation
from console.core.redaction.shapes import SecretLeftOut, read_problem

_OF_SIGN_IN = frozenset({"openid", "profile", "email", "offline_access", "address", "phone"})
_API = "api://"
_LONGEST = 500  # characters of an address
_MOST = 40  # values of one kind
FIELD_OF = {"key_header": "subscription_key_header"}  # what it is called of an Api


@dataclass(frozen=True, slots=True)
class ReadValue:
    """`values` are as they stand there; `source` is where: "the security scheme key"."""

    values: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class DocumentProposal:
    """None: the document does not say. `base_url` holds every address it is served at that is whole. `left_out` are the
    values that no form would take, because others would see a secret.
    """

    base_url: ReadValue | None = None
    key_header: ReadValue | None = None
    metadata_url: ReadValue | None = None
    audiences: ReadValue | None = None
    scopes: ReadValue | None = None
    roles: ReadValue | None = None
    left_out: tuple[SecretLeftOut, ...] = ()


def proposal_of(facts: DocumentFacts, operations: Iterable[DocumentOperation]) -> DocumentProposal:
    """Of a document that was kept; never raises. Of scopes and roles any one is enough, as an API expects them."""
    asked: dict[str, list[str]] = {}
    roles: dict[str, list[str]] = {}
    for one in operations:
        for need in one.needs:
            for scope in need.scopes:
                if scope not in _OF_SIGN_IN:
                    asked.setdefault(scope, []).append(one.key)
            for role in need.roles:
                roles.setdefault(role, []).append(one.key)
    scopes = tuple(dict.fromkeys(name for one in asked if (name := permission(one))))
    found = DocumentProposal(
        base_url=_of(tuple(one.rstrip("/") for one in facts.servers if _is_said(one)), "servers of the document"),
        key_header=_key_header(facts),
        metadata_url=_metadata(facts),
        audiences=_audiences(asked),
        scopes=_of(scopes, _asked_by(asked)),
        roles=_of(tuple(roles), _asked_by(roles)),
    )
    return _without_secrets(found)


def _without_secrets(found: DocumentProposal) -> DocumentProposal:
    left_out, kept = [], {}
    for name in (one.name for one in fields(DocumentProposal)):
        said = getattr(found, name)
        if isinstance(said, ReadValue):
            why = {one: read_problem(one, is_name=name == "key_header") for one in said.values}
            left_out += [SecretLeftOut(FIELD_OF.get(name, name), each) for each in dict.fromkeys(why.values()) if each]
            kept[name] = _of(tuple(one for one in said.values if not why[one]), said.source)
    return replace(found, **kept, left_out=tuple(left_out))


def _of(values: tuple[str, ...], source: str) -> ReadValue | None:
    return ReadValue(tuple(dict.fromkeys(values))[:_MOST], source) if values else None


def _is_said(url: str) -> bool:
    """Whether it counts, or is to be told as left out for its secret."""
    return _is_whole(url) or bool(read_problem(url))


def _is_whole(url: str) -> bool:
    """Whether it is an address that can be called: absolute, without a part to fill in, a password or a query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    is_plain = url.isascii() and url.isprintable() and not set(url) & set("{} @?#\\") and len(url) <= _LONGEST
    return is_plain and parts.scheme in ("https", "http") and bool(parts.hostname)


def _asked_by(names: dict[str, list[str]]) -> str:
    """ "GET /orders and 3 more operations"."""
    keys = list(dict.fromkeys(key for found in names.values() for key in found))
    if not keys:
        return ""
    more = len(keys) - 1
    return shorten(keys[0]) + (f" and {more} more operation{'' if more == 1 else 's'}" if more else "")


def _key_header(facts: DocumentFacts) -> ReadValue | None:
    for scheme in facts.schemes:
        place, _, name = scheme.detail.partition(" ")
        if scheme.kind == "apiKey" and place == "header" and name and not key_header_problem(name):
            return ReadValue((name,), f"the security scheme {scheme.name}")
    return None


def _metadata(facts: DocumentFacts) -> ReadValue | None:
    for scheme in facts.schemes:
        if scheme.kind == "openIdConnect" and _is_said(scheme.detail):
            return ReadValue((scheme.detail,), f"the security scheme {scheme.name}")
    return None


def _audiences(asked: dict[str, list[str]]) -> ReadValue | None:
    """What stands before the name of a scope (`api://orders/Orders.Read`); an id alone is what a v2.0 token names."""
    found: dict[str, str] = {}
    for scope in asked:
        if "://" in scope and (resource := scope.rstrip("/").rpartition("/")[0]) and not resource.endswith(":/"):
            found.setdefault(resource, scope)
            bare = resource.removeprefix(_API)
            if resource.startswith(_API) and is_guid(bare):
                found.setdefault(bare, scope)
    return ReadValue(tuple(found)[:_MOST], f"the scope {shorten(next(iter(found.values())))}") if found else None
