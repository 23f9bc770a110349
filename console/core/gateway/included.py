"""A policy together with the fragments it includes, as far as their texts are given."""

from console.core.gateway.addresses import metadata_addresses
from console.core.gateway.document import PolicyDocument, PolicyProblem, read_policy
from console.core.gateway.values import OpenValue, Values, fill, open_values

MAX_FRAGMENTS = 50  # of one policy; what more of them leave open is not asked for


def documents(document: PolicyDocument, values: Values) -> tuple[PolicyDocument, ...]:
    """The document, then each fragment that it or another fragment includes; those not given or not readable are left
    out, and nothing is filled in."""
    found, seen = [document], set[str]()
    for one in found:
        for name in _fragments_of(one):
            if name in seen or name not in values.fragments or len(found) > MAX_FRAGMENTS:
                continue
            seen.add(name)
            read = read_policy(values.fragments[name])
            if not isinstance(read, PolicyProblem):
                found.append(read)
    return tuple(found)


def all_open_values(document: PolicyDocument, values: Values) -> tuple[OpenValue, ...]:
    """What the document and its fragments leave open, each thing once."""
    every = [value for one in documents(document, values) for value in open_values(one)]
    return tuple({(value.kind, value.name): value for value in reversed(every)}.values())[::-1]


def all_metadata_addresses(document: PolicyDocument, values: Values, *, tenant: str = "") -> tuple[str, ...]:
    """Where the metadata of the document and its fragments is published, with the values filled in; each once."""
    filled = [fill(one, values) for one in documents(document, values)]
    return tuple(dict.fromkeys(url for one in filled for url in metadata_addresses(one, tenant=tenant)))


def _fragments_of(document: PolicyDocument) -> list[str]:
    return [one.attribute("fragment-id") or "" for one in document.walk_all() if one.name == "include-fragment"]
