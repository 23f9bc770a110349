"""When the certificates end that are kept with the policy of an Api."""

from collections.abc import Iterable

from console.core.policy.keep.policy_settings import KeptValue
from console.core.tokens.certificates import facts_of


def certificate_ends(kept: Iterable[KeptValue]) -> dict[str, int]:
    """Epoch seconds by the certificate's id in the policy; without what is no certificate, such as a bare key."""
    found = {one.name: _end(one.text) for one in kept if one.kind == "certificate"}
    return {name: ends_at for name, ends_at in found.items() if ends_at is not None}


def _end(text: str) -> int | None:
    try:
        return facts_of(text).not_after
    except ValueError:
        return None
