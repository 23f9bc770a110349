"""Where an Api leads: what it says now, what the user of a profile accepted, what waits for an administrator.

Texts are as the Api was written: `{sandbox}` counts as one place, whatever address the sandbox is served under.
"""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

LABELS = {
    "base_url": "Base URL",
    "metadata_url": "OpenID configuration",
    "subscription_key_header": "Subscription key header",
}


@dataclass(frozen=True, slots=True)
class ApiDestination:
    """`base_url` gets token and key, `metadata_url` ("" when unknown) names the keys that judge the token."""

    base_url: str
    metadata_url: str
    subscription_key_header: str


@dataclass(frozen=True, slots=True)
class AcceptedDestination:
    """What the user of a profile accepted: this Api, as long as it leads there."""

    api_id: str
    destination: ApiDestination


class ProposalState(StrEnum):
    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"
    REPLACED = "replaced"  # an administrator wrote other addresses meanwhile


@dataclass(frozen=True, slots=True)
class VersionProposal:
    """The destination of a version of a published Api that its owner made. Times are epoch seconds.

    `reason` is what the administrator who decided said of it, "" when nothing was said; `is_dismissed`: its owner read
    the decision, and wants it told beside their other work no longer.
    """

    destination: ApiDestination
    made_at: int
    state: ProposalState = ProposalState.WAITING
    decided_at: int | None = None
    reason: str = ""
    is_dismissed: bool = False

    @property
    def is_waiting(self) -> bool:
        return self.state is ProposalState.WAITING


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that differs. `before` and `after` are (same start, what differs, same end)."""

    label: str
    before: tuple[str, str, str]
    after: tuple[str, str, str]


def differences(before: ApiDestination | None, after: ApiDestination) -> tuple[Difference, ...]:
    """The fields that differ, in the order of the form; `before` None means that nothing was there."""
    return tuple(
        Difference(label, *_marked(getattr(before, name, ""), getattr(after, name)))
        for name, label in LABELS.items()
        if getattr(before, name, "") != getattr(after, name)
    )


def origin(url: str) -> str:
    """Scheme, host and port, for the audit trail: a path may hold what nobody should read there."""
    if url.startswith("{sandbox}"):
        return "{sandbox}"
    try:
        split = urlsplit(url)
    except ValueError:  # `http://[`, which a far side may name
        return "(no address)"
    return f"{split.scheme}://{split.netloc.rpartition('@')[2]}" if split.netloc else url and "(no address)"


def described(before: ApiDestination | None, after: ApiDestination | None) -> str:
    """What an audit entry says of an edit: origins and header names, old and new; "" when none of them changed."""
    pairs = (
        ("", _origin_of(before, "base_url"), _origin_of(after, "base_url")),
        ("keys ", _origin_of(before, "metadata_url"), _origin_of(after, "metadata_url")),
        ("key header ", getattr(before, "subscription_key_header", ""), getattr(after, "subscription_key_header", "")),
    )
    if before is None or after is None:  # made or deleted: where it led is enough
        return pairs[0][2] or pairs[0][1]
    told = [f"{what}{old or 'none'} -> {new or 'none'}" for what, old, new in pairs if old != new]
    return "; ".join(told) or ("path below the same origin" if before != after else "")


def _origin_of(where: ApiDestination | None, name: str) -> str:
    return origin(getattr(where, name, ""))


def _marked(before: str, after: str) -> tuple[tuple[str, str, str], tuple[str, str, str]]:
    start = _common(before, after)
    end = _common(before[start:][::-1], after[start:][::-1])
    return _cut(before, start, end), _cut(after, start, end)


def _common(left: str, right: str) -> int:
    """How many characters both begin with."""
    pairs = zip(left, right, strict=False)
    return next((place for place, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))


def _cut(text: str, start: int, end: int) -> tuple[str, str, str]:
    stop = len(text) - end
    return text[:start], text[start:stop], text[stop:]
