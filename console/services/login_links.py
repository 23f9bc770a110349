"""Login links: somebody who manages a connection asks a person without an account to sign in for it."""

from dataclasses import dataclass

from console.adapters import clock, random
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.errors import Misconfigured, NotAllowed, NotFound, Refusal
from console.services import authorizations, connection_tokens, opening, token_requests, wiring
from console.services.authorizations import BegunAuthorization, tell
from console.services.opening import OpenProfile
from console.store import audit, login_links
from console.store.login_links import LoginLinkRecord

LIVES_S = (3600, 86_400, 3 * 86_400, 7 * 86_400)


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that would begin a sign-in, with what it asks for."""

    link: LoginLinkRecord
    opened: OpenProfile


def make(actor: Actor, connection_id: str, *, meant_for: str, life_s: int) -> str:
    """The token of a new link, shown now and kept only as an HMAC.

    Raises NotFound for a connection that is not the actor's to manage, NotAllowed where nobody has to sign in, and as
    a token request does where none could be made: no link is handed out that leads nowhere.
    """
    opened = opening.of_connection(actor, "manage", connection_id)
    if not connection_tokens.needs_person(opened):
        raise NotAllowed(
            "Nobody has to sign in for this connection, so there is no link for it.",
            why="Its profile's grant gives the application's own token.",
            do="Get a token instead.",
            who="You can do this.",
        )
    _require_ready(opened)
    token, now = random.token(), clock.now()
    life_s = min(LIVES_S, key=lambda one: abs(one - life_s))
    with audit.together():
        login_links.create(
            actor,
            connection_id,
            id=random.new_id(),
            token=Secret(token),
            meant_for=meant_for,
            now=now,
            until=now + life_s,
        )
        tell(
            actor, connection_id, Action.LOGIN_LINK_MADE, result="done", detail=f"for {meant_for}" if meant_for else ""
        )
    return token


def list_links(actor: Actor, connection_id: str) -> list[LoginLinkRecord]:
    """The newest first; raises NotFound for a connection that is not the actor's to manage."""
    return login_links.list_of(actor, connection_id, now=clock.now())


def revoke(actor: Actor, connection_id: str, link_id: str) -> bool:
    """Takes a link back, also one whose sign-in is under way; False when it is done already. Raises NotFound."""
    with audit.together():
        is_taken = login_links.revoke(actor, connection_id, link_id, now=clock.now())
        if is_taken:
            tell(actor, connection_id, Action.LOGIN_LINK_REVOKED, result="done")
    return is_taken


def peek(token: str) -> OpenLink | None:
    """What a link asks for; None when it is spent, taken back, too old or unknown. Nothing is spent."""
    link = login_links.find(Secret(token))
    if link is None or not link.is_open(clock.now()):
        return None
    try:
        maker = authorizations.maker_of(link, address="")
        return OpenLink(link, opening.of_connection(maker, "manage", link.connection_id))
    except NotFound:  # whoever made it may not ask for this any more
        return None


def use(token: str, *, address: str) -> BegunAuthorization:
    """Spends a link and prepares its sign-in; raises NotFound when it does not work any more.

    Raises NotAllowed, and spends nothing, where its maker has to mend something first; as `authorizations.begin` does,
    and gives the link back, where nothing could be prepared just now.
    """
    found = peek(token)
    if found is not None:
        _require_ready_for_another(found)
    maker = authorizations.maker_of(found.link, address=address) if found else None
    if found is None or maker is None or not _spent(maker, found.link):
        raise NotFound(
            "This link does not work any more.",
            why="It works once and for a limited time; it was used, taken back, or is too old.",
            do="Ask whoever sent it for a new one.",
            who="You can do this.",
        )
    try:
        return authorizations.begin_by_link(found.link, address=address)
    except Refusal:
        with audit.together():
            login_links.give_back(found.link)
            tell(maker, found.link.connection_id, Action.LOGIN_LINK_USED, result="failed", detail="it works again")
        raise


def _require_ready(opened: OpenProfile) -> None:
    """Raises as a token request does that cannot begin; nothing leaves."""
    token_requests.preview(opened, wiring.transport_for(opened.own))


def _require_ready_for_another(found: OpenLink) -> None:
    """As `_require_ready`, in words for somebody who can mend nothing here."""
    try:
        _require_ready(found.opened)
    except (NotAllowed, Misconfigured) as refusal:
        raise NotAllowed(
            "This sign-in is not ready yet. Your link stays as it is.",
            why=f"Something is missing where {found.link.maker} prepared it: {refusal.what}",
            do=f"Tell {found.link.maker}, and open the link again when it is mended.",
            who=f"{found.link.maker} can do this.",
        ) from refusal


def _spent(maker: Actor, link: LoginLinkRecord) -> bool:
    with audit.together():
        is_spent = login_links.use(link, now=clock.now())
        if is_spent:
            tell(maker, link.connection_id, Action.LOGIN_LINK_USED, result="done")
    return is_spent
