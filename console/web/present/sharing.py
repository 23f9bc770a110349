"""Who may do what with an object, in words: one panel for every kind of thing that can be shared."""

from typing import Any

from django.urls import reverse

from console.core.access import Access, Kind, ShareRecord
from console.core.actor import RIGHTS, Actor, Right
from console.core.held import Held
from console.services.sharing import WITH_TOKENS
from console.web.forms.sharing import GiveForm

WORDS: dict[Kind, dict[Right, str]] = {
    "profile": {
        "view": "sees its registration and how its calls were answered; sends nothing, sees no secret",
        "use": "gets tokens and sends calls; changes no destination, sees no secret",
        "manage": "changes and deletes it, replaces its secrets, sees its token, and decides who may",
    },
    "connection": {
        "view": "sees whose it is and how it stands; sends nothing",
        "use": "gets its tokens and sends calls as that person; sees no secret",
        "manage": "signs in for it, disconnects and deletes it, sees its token, and decides who may",
    },
    "api": {
        "view": "sees its address and what it demands; can make a profile for it",
        "use": "sees it, and tries tokens against its gateway policy; changes nothing",
        "manage": "changes and deletes it, and decides who may",
    },
    "case": {
        "view": "reads the evidence, the explanation and the comments",
        "use": "reads it and comments",
        "manage": "reads it, comments, withdraws it, and decides who may",
    },
}
EVERYBODY: dict[Kind, tuple[tuple[str, Right], ...]] = {
    "profile": (),
    "connection": (),
    "api": (("Administrators", "manage"),),
    "case": (("Support", "use"), ("Administrators", "manage")),
}
"""Who may by their role, whatever is shared."""


def access_view(access: Access, actor: Actor, *, suggested: list[str], form: GiveForm | None = None) -> dict[str, Any]:
    """`suggested` are names to let in; `form` is the one that came back, with what is to be mended."""
    kind, words = access.kind, WORDS[access.kind]
    roles = [(who, right) for who, right in EVERYBODY[kind] if access.held.may("manage")]
    standing = [("Everybody here", "use"), *roles] if access.is_public else roles
    return {
        "kind": kind,
        "name": access.held.value,
        "url": reverse(f"{kind}-sharing", kwargs={f"{kind}_id": access.object_id}),
        "page_url": page_of(access),
        "owner": access.held.owner,
        "is_own": access.held.is_own,
        "can_manage": access.held.may("manage"),
        "yours": _yours(access),
        "rights": [{"value": right, "words": words[right]} for right in RIGHTS],
        "with_token": kind in WITH_TOKENS,
        "standing": [{"who": who, "right": right, "words": words[right]} for who, right in standing],
        "shares": [_share(one, words, number, actor) for number, one in enumerate(access.shares)],
        "suggested": suggested,
        "form": form or give_form(kind),
    }


def page_of(access: Access) -> str:
    """The address of the thing itself."""
    return reverse(access.kind, kwargs={f"{access.kind}_id": access.object_id})


def shared_words(held: Held[Any], count: int = 0) -> str:
    """Of one row in a list: by whom it is shared with the actor, or with how many they share it; "" for neither."""
    if not held.is_own:
        return f"shared by {held.owner}, to {held.strongest}"
    return f"shared with {count}" if count else ""


def give_form(kind: Kind, data: Any = None) -> GiveForm:
    return GiveForm(data, words=WORDS[kind], with_token=kind in WITH_TOKENS)


def _yours(access: Access) -> dict[str, str]:
    """What the actor may do who does not manage it."""
    strongest = access.held.strongest
    shown = "; you may see its token whole" if access.may_reveal else ""
    return {"right": strongest, "words": f"{WORDS[access.kind][strongest]}{shown}"}


def _share(share: ShareRecord, words: dict[Right, str], number: int, actor: Actor) -> dict[str, Any]:
    subject = share.subject
    is_group = subject.group_id is not None
    return {
        "id": f"share-{number}",
        "name": subject.name,
        "is_group": is_group,
        "is_you": subject.person_id == actor.user_id,
        "subject": f"group:{subject.group_id}" if is_group else f"person:{subject.person_id}",
        "right": share.right,
        "words": words[share.right],
        "reveals_token": share.reveals_token,
        "is_closed": share.is_closed,
    }
