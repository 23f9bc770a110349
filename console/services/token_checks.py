"""Asks the server that issued a stored token what it says of it (RFC 7662), or tells it to end it (RFC 7009).

Both go to the profile's own provider and nowhere else, with the client's own proof.
"""

from dataclasses import dataclass, replace
from typing import TypeVar

from console.adapters import clock
from console.core.actor import Actor
from console.core.audit.actions import Action
from console.core.credential import Secret
from console.core.destination import origin
from console.core.errors import NotAllowed, NotFound
from console.core.exchange import Exchange, Failure
from console.core.grants.base import Post
from console.core.oauth.introspection import (
    Disagreement,
    Introspection,
    disagreements,
    question,
    read_introspection,
    read_revocation,
)
from console.core.oauth.place import Place
from console.core.oauth.token_response import TokenError
from console.core.redaction.outcome import redact_told
from console.core.redaction.redact import Redactor
from console.services import budget, opening, profiles, token_requests, tokens, wiring
from console.services.obtained import Obtained
from console.services.opening import OpenProfile
from console.store import tokens as token_store


@dataclass(frozen=True, slots=True)
class ToldOfToken:
    """What the server said. `obtained` is the stored token as it was judged here, `steps` what was sent, redacted.

    `told` is None when the token was revoked. `disagreements` are the things on which both sides differ.
    """

    obtained: Obtained
    steps: tuple[Exchange, ...]
    told: Introspection | TokenError | Failure | None
    disagreements: tuple[Disagreement, ...] = ()

    @property
    def is_revoked(self) -> bool:
        return self.told is None


def introspect(actor: Actor, profile_id: str, *, connection_id: str | None = None) -> ToldOfToken:
    """The stored token, asked about. Raises NotFound without one or without the right to use the profile, Busy, and
    NotAllowed where the provider has no such endpoint.
    """
    opened = opening.of_profile(actor, "use", profile_id, connection_id=connection_id)
    endpoint = profiles.place_of(opened.own, opened.profile).introspection_endpoint
    _must_be_own(opened, endpoint)
    obtained, token = _stored(opened)
    sent = _ask(opened, endpoint, token, Action.TOKEN_INTROSPECTION_BEGAN)
    came = sent.answer if isinstance(sent.answer, Failure) else read_introspection(sent.answer, now=clock.now())
    told, found = _told(opened, sent, came), list[Disagreement]()
    token_requests.told(opened, Action.TOKEN_INTROSPECTED, sent, problem=_problem(told))
    if isinstance(came, Introspection) and obtained.token is not None:
        clean = Redactor(sent.secrets, opened.profile.public_texts)
        differ = disagreements(obtained.token, obtained.signature, came, now=obtained.now)  # as it came: a mask differs
        found = [replace(one, there=clean.text(one.there)) for one in differ]
    return ToldOfToken(obtained, sent.steps, told, tuple(found))


def revoke(actor: Actor, profile_id: str, *, connection_id: str | None = None) -> ToldOfToken:
    """The stored token is told to end and is forgotten here once the provider agrees: everybody who uses the profile
    needs a new one, so it takes the right to manage it. Raises as `introspect` does.
    """
    opened = opening.of_profile(actor, "manage", profile_id, connection_id=connection_id)
    _must_be_own(opened, profiles.place_of(opened.own, opened.profile).revocation_endpoint)
    obtained, token = _stored(opened)
    sent, refused = revoke_token(opened, token, hint="access_token")
    if refused is None:
        token_store.forget_one(tokens.key_of(opened))
    token_requests.told(opened, Action.TOKEN_REVOKED, sent, problem=_problem(refused))
    return ToldOfToken(obtained, sent.steps, refused)


def revoke_token(
    opened: OpenProfile, token: Secret, *, hint: str
) -> tuple[token_requests.SentForm, TokenError | Failure | None]:
    """Tells the provider that a token of this profile is to end; what came of it, None where the provider agrees."""
    endpoint = profiles.place_of(opened.own, opened.profile).revocation_endpoint
    sent = _ask(opened, endpoint, token, Action.TOKEN_REVOCATION_BEGAN, hint=hint)
    came = sent.answer if isinstance(sent.answer, Failure) else read_revocation(sent.answer, now=clock.now())
    return sent, None if came is None else _told(opened, sent, came)


def can_ask(place: Place) -> tuple[bool, bool]:
    """Whether the provider answers questions about tokens, and whether it revokes them."""
    return bool(place.introspection_endpoint), bool(place.revocation_endpoint)


def _stored(opened: OpenProfile) -> tuple[Obtained, Secret]:
    obtained = tokens.stored(opened)
    if obtained is None or obtained.access_token is None:
        raise NotFound("There is no token to ask about.", why="None is stored, or it ended.", do="Get a token first.")
    return obtained, obtained.access_token


def _ask(
    opened: OpenProfile, endpoint: str, token: Secret, began: Action, *, hint: str = "access_token"
) -> token_requests.SentForm:
    place = profiles.place_of(opened.own, opened.profile)
    _must_be_own(opened, endpoint)
    post = Post(endpoint, question(token, hint=hint), auth_audience=place.token_endpoint, secrets=(token,))
    with budget.calling(opened.actor):
        return token_requests.post(opened, wiring.transport_for(opened.own), post, began=began)


T = TypeVar("T", Introspection | TokenError | Failure, TokenError | Failure)


def _told(opened: OpenProfile, sent: token_requests.SentForm, came: T) -> T:
    """Who may only use the profile is not to read its token in what its provider gives back; nor is the audit trail."""
    told: T = redact_told(came, sent.secrets, opened.profile.public_texts)
    return told


def _must_be_own(opened: OpenProfile, endpoint: str) -> None:
    """A token goes to an address of its own provider: where its token endpoint, or its issuer, is."""
    place = profiles.place_of(opened.own, opened.profile)
    if not endpoint:
        raise NotAllowed(
            "This provider names no such address.",
            why="Not every provider answers questions about its tokens or revokes them.",
            do="Ask its operator whether it can; its metadata names the address then.",
            who="You can do this.",
        )
    if origin(endpoint) not in (origin(place.token_endpoint), origin(place.issuer or place.token_endpoint)):
        raise NotAllowed(
            "The provider names an address at another place, so the token is not sent there.",
            why=f"It is at {origin(endpoint)}; the profile's provider is at {origin(place.token_endpoint)}.",
            do="Ask the provider's operator, or enter the addresses by hand if both are theirs.",
            who="You can do this.",
        )


def _problem(told: Introspection | TokenError | Failure | None) -> str:
    if isinstance(told, TokenError):
        return told.error or told.kind
    return str(told.kind) if isinstance(told, Failure) else ""
