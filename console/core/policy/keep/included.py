"""What a policy and the fragments it includes ask for: values to fill in, metadata to know."""

from console.core.policy.text.document import PolicyDocument
from console.core.policy.text.fragments import documents
from console.core.policy.text.values import OpenValue, Values, fill, open_values
from console.core.policy.token.addresses import metadata_addresses


def all_open_values(document: PolicyDocument, values: Values) -> tuple[OpenValue, ...]:
    """What the document and its fragments leave open, each thing once."""
    found: dict[tuple[str, str], OpenValue] = {}
    for one in documents(document, values):
        for value in open_values(one):
            found.setdefault((value.kind, value.name), value)
    return tuple(found.values())


def all_metadata_addresses(document: PolicyDocument, values: Values, *, tenant: str = "") -> tuple[str, ...]:
    """Where the metadata of the document and its fragments is published, with the values filled in; each once."""
    filled = [fill(one, values) for one in documents(document, values)]
    return tuple(dict.fromkeys(url for one in filled for url in metadata_addresses(one, tenant=tenant)))
