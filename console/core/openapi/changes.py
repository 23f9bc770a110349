"""What a newer document of an API adds, removes and changes."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """Operations by their keys ("GET /orders"), in the order of the documents."""

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def is_none(self) -> bool:
        return not (self.added or self.removed or self.changed)


def compared(before: Mapping[str, str], after: Mapping[str, str]) -> DocumentChanges:
    """Both are digests of operations by their keys."""
    return DocumentChanges(
        added=tuple(key for key in after if key not in before),
        removed=tuple(key for key in before if key not in after),
        changed=tuple(key for key, digest in after.items() if key in before and before[key] != digest),
    )
