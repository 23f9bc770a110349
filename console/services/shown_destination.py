"""A credential or subscription key goes where the page said that it goes.

What is typed on a page is bound to where its profile leads when the form arrives; the profile may have been changed
meanwhile, in another tab or by somebody else who manages it. So the form carries a digest of what its page showed, and
nothing is kept when that is no longer so.
"""

import hashlib
import hmac

from console.core.errors import Stale


class Elsewhere(Stale):
    """What was typed was meant for another destination: nothing is stored, and the page says where it would go now."""


def digest(profile_id: str, bound_to: str) -> str:
    """Names what a secret of this profile is bound to (`bound_to`), 32 hexadecimal digits; each profile has its own."""
    return hashlib.sha256(f"{profile_id}\n{bound_to}".encode("utf-8", "surrogatepass")).hexdigest()[:32]


def require_seen(profile_id: str, bound_to: str, *, seen: str | None) -> None:
    """Raises Elsewhere unless `seen`, of whatever a form sent, names `bound_to`.

    None where no page stands between: a command, or a form that names the destination itself.
    """
    if seen is None or hmac.compare_digest(
        seen.encode("utf-8", "surrogatepass"), digest(profile_id, bound_to).encode()
    ):
        return
    raise Elsewhere(
        "Nothing was stored: this profile no longer leads where the page showed.",
        why="It was changed after the page was opened, in another tab or by somebody else.",
        do="Compare where it leads now. Store it for there only if it was given to you for there.",
        who="You can do this.",
    )
