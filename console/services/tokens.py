"""Obtain a token for a profile: from the store while it is valid, else from its provider, one request at a time.

Through a connection the token is the connection's own, and a new one is got with its refresh token.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from console.adapters import clock, random
from console.adapters.transport import Transport
from console.core.actor import Actor
from console.core.attempts.attempt import TokenFacts
from console.core.audit.actions import Action
from console.core.connection import ConnectionEvent, refresh_before_s
from console.core.credential import Secret
from console.core.errors import Busy, Misconfigured, NotAllowed, NotFound
from console.core.grants import grant_of
from console.core.grants.base import Need
from console.core.oauth.setting import SUBJECT_FROM
from console.core.oauth.token_response import TokenResponse
from console.core.profile import Profile
from console.core.tokens.parse import parse
from console.core.tokens.times import duration
from console.services import (
    budget,
    connection_tokens,
    destinations,
    opening,
    profiles,
    subject_tokens,
    token_history,
    token_lives,
    token_requests,
    wiring,
)
from console.services.obtained import Obtained, from_store, judged
from console.services.opening import OpenProfile
from console.services.own_sandbox import OwnSandbox, place_of
from console.services.token_requests import USUAL, Using
from console.store import audit, json_text, tokens
from console.store import connections as connection_store
from console.store.tokens import TokenKey

LEASE_S = 45  # longer than a token request may last; shorter than the minute in which a dead worker's must be over
REQUESTS_PER_MINUTE = 12
LEAST_LIFE_S = 60  # a stored token with less left is not handed out
NOTED_EVERY_S = 60  # that somebody used a connection is written at most once a minute
LAST_USE_S = 5  # a token of a connection that cannot be renewed at this moment is used up to here


@dataclass(frozen=True, slots=True)
class _Asking:
    """A use of a profile, with what its token belongs to. `given` is what its grant needs for this one request;
    `subject` is how a token was got that it passes on, None when it passes none on or one that was pasted.
    """

    opened: OpenProfile
    transport: Transport
    key: TokenKey
    given: Mapping[Need, Secret] = field(default_factory=dict)
    subject: Obtained | None = None

    def using(self, renewal: Using) -> Using:
        return replace(renewal, given={**renewal.given, **self.given}) if self.given else renewal


def obtain(
    actor: Actor,
    profile_id: str,
    *,
    connection_id: str | None = None,
    wants_fresh: bool = False,
    given: Secret | None = None,
) -> Obtained:
    """The profile's token, or the connection's, judged, or that another request for it is under way.

    `given` is what is given for this one request and not kept: a token to be passed on, or a password. Raises NotFound,
    NotAllowed, Busy or Misconfigured.
    """
    opened = opening.of_profile(actor, "use", profile_id, connection_id=connection_id)
    return obtain_for(opened, wants_fresh=wants_fresh, given=given)


def obtain_for(
    opened: OpenProfile, *, wants_fresh: bool = False, given: Secret | None = None, chain: tuple[str, ...] = ()
) -> Obtained:
    """As `obtain`, for a profile that is opened for use. `chain` are the profiles that this token is wanted for."""
    _must_have_its_person(opened)
    destinations.require_accepted(opened)
    if subject_tokens.is_needed(opened.profile):
        return _passed_on(opened, wants_fresh=wants_fresh, pasted=given, chain=chain)
    needs = {Need.PASSWORD: given} if given is not None else {}
    asking = _Asking(opened, wiring.transport_for(opened.own), key_of(opened), needs)
    return _got(asking, wants_fresh=wants_fresh or given is not None)


def _passed_on(opened: OpenProfile, *, wants_fresh: bool, pasted: Secret | None, chain: tuple[str, ...]) -> Obtained:
    """With the token that the grant passes on, which is got before: without one, what came of asking for that."""
    transport = wiring.transport_for(opened.own)
    if pasted is None and not opened.profile.settings.get(SUBJECT_FROM) and not wants_fresh:
        kept = _valid(key_of(opened))
        if kept is not None:  # what came of the token that this person pasted before
            return from_store(opened, kept, transport)
    found = subject_tokens.find(
        opened, pasted, before=chain, obtain=lambda source, seen: obtain_for(source, chain=seen)
    )
    subject = found.obtained
    if found.token is None:
        return replace(subject, opened=opened, subject=subject) if subject else Obtained(opened, clock.now())
    digest = subject_tokens.digest_of(found.token) if subject else subject_tokens.pasted_by(opened.actor)
    asking = _Asking(opened, transport, key_of(opened, subject=digest), {Need.SUBJECT_TOKEN: found.token}, subject)
    return replace(_got(asking, wants_fresh=wants_fresh or pasted is not None), subject=subject)


def _got(asking: _Asking, *, wants_fresh: bool) -> Obtained:
    """From the store while it is valid, else asked for."""
    opened, held = asking.opened, asking.opened.connection
    is_last = held is not None and connection_tokens.needs_person(opened) and not held.value.has_refresh_token
    before = _valid(asking.key, least_life_s=LAST_USE_S if is_last else None)
    if before and not wants_fresh:
        return _used(from_store(opened, before, asking.transport))
    return _used(_asked(asking, before, wants_fresh=wants_fresh))


def _asked(asking: _Asking, before: TokenResponse | None, *, wants_fresh: bool) -> Obtained:
    """Asks the provider, unless another request of this profile does, or just did."""
    key, holder = asking.key, random.new_id()
    if not tokens.acquire_lease(key, holder=holder, now=clock.now(), until=clock.now() + LEASE_S):
        return _meanwhile(asking, "another request renews it at this moment", is_allowed=not wants_fresh)
    try:
        kept = _valid(key)
        if kept and kept != before:  # another request, of a double click say, came first
            return from_store(asking.opened, kept, asking.transport)
        _must_be_within_rate(key)
        with budget.calling(asking.opened.actor):
            obtained = _request(asking)
    finally:
        tokens.release_lease(key, holder=holder)
    if connection_tokens.is_passing(obtained.result) and not wants_fresh:
        old = _meanwhile(asking, "it could not be renewed", is_allowed=True)
        return replace(old, steps=obtained.steps, attempt_id=obtained.attempt_id) if old.access_token else obtained
    return obtained


def look(opened: OpenProfile) -> Obtained | None:
    """What is known without asking anybody: that a request is under way, or the token in the store, or nothing."""
    if tokens.is_leased(key_of(opened), now=clock.now()):
        return Obtained(opened, clock.now())
    return stored(opened)


def stored(opened: OpenProfile) -> Obtained | None:
    """The token in the store, judged with stored keys only: no request leaves; None when there is none.

    None too where the key ring does not open it: the profile's findings say so.
    """
    kept = _valid(key_of(opened), least_life_s=LAST_USE_S if opened.connection else LEAST_LIFE_S)
    return from_store(opened, kept, None) if kept else None


def valid(own: OwnSandbox, profile: Profile) -> TokenResponse | None:
    """The profile's own stored token that can still be used, as it is kept and not judged; None when there is none."""
    return _valid(token_key(own, profile))


def reveal(opened: OpenProfile) -> Obtained:
    """The stored token to be shown whole, which the audit trail records; NotFound when there is none."""
    found, actor, profile = stored(opened), opened.actor, opened.profile
    if found is None:
        raise NotFound(
            "There is no token to reveal.", why="None is stored, or it has expired.", do="Get a token first."
        )
    audit.append(
        actor,
        Action.TOKEN_REVEALED,
        object_kind="connection" if opened.connection else "profile",
        object_id=opened.connection_id or profile.id,
        result="shown",
        now=clock.now(),
    )
    return found


def key_of(opened: OpenProfile, *, subject: str | None = None, chain: tuple[str, ...] = ()) -> TokenKey:
    """What the token of an open profile belongs to: its connection, if it was opened through one, and the token that
    it was got for (`subject`, else the one that is stored for it now). `chain` as in `obtain_for`.
    """
    if subject is None and subject_tokens.is_needed(opened.profile):
        seen = (*chain, opened.profile.id)
        subject = subject_tokens.known_digest(opened, lambda source: _valid(key_of(source, chain=seen)), before=chain)
    return token_key(opened.own, opened.profile, connection_id=opened.connection_id, subject=subject or "")


def token_key(own: OwnSandbox, profile: Profile, *, connection_id: str | None = None, subject: str = "") -> TokenKey:
    """What a stored token belongs to: another credential, client, place, grant, scope or setting asks anew."""
    asked: tuple[object, ...] = (profile.client_id, profile.scope, sorted(profile.settings.items()))
    return TokenKey(
        profile_id=profile.id,
        credential_version=profile.credential.version,
        grant=profile.grant,
        scope=json_text.dump((*asked, subject) if subject else asked),
        place=f"{profiles.destination_of(profile)} {place_of(own, profile)}".rstrip(),
        connection=connection_id,
    )


def _must_have_its_person(opened: OpenProfile) -> None:
    """Raises NotAllowed for a grant that needs a person, without the connection that one made."""
    if opened.connection is None and Need.USER in grant_of(opened.profile.grant).needs:
        raise NotAllowed(
            "A person has to sign in before this profile gets a token.",
            why=f"Its grant, “{grant_of(opened.profile.grant).title}”, gives tokens of a person: they are kept by a"
            " connection, and none was chosen.",
            do="Make a connection on the profile's page and sign in, or choose one that is connected.",
            who="You can do this.",
        )


def _valid(key: TokenKey, *, least_life_s: int | None = None) -> TokenResponse | None:
    """The stored token that can still be used. One that does not open, for whatever reason, is as good as none."""
    try:
        kept = tokens.find(key)
    except Misconfigured:
        return None
    if kept is None or kept.expires_at is None:
        return kept
    least_s = least_life_s or (refresh_before_s(kept.expires_in_s) if key.connection else LEAST_LIFE_S)
    return None if kept.expires_at - clock.now() < least_s else kept


def _meanwhile(asking: _Asking, why: str, *, is_allowed: bool) -> Obtained:
    """A connection's token of before while it lives; else, as for whoever comes while another asks, none yet: the
    answer of that request is shared, and is looked for instead of asked for again.
    """
    kept = _valid(asking.key, least_life_s=LAST_USE_S) if is_allowed and asking.key.connection else None
    if kept is None:
        return Obtained(asking.opened, clock.now())
    left = duration((kept.expires_at or 0) - clock.now()) if kept.expires_at else ""
    note = f"This is the token of before, {f'valid for {left} more' if left else 'still valid'}: {why}."
    return from_store(asking.opened, replace(kept, notes=(*kept.notes, note)), asking.transport)


def _used(obtained: Obtained) -> Obtained:
    """Remembers of a connection that somebody used it."""
    connection = obtained.opened.connection
    if connection is None or obtained.access_token is None:
        return obtained
    if obtained.now - connection.value.events.get(ConnectionEvent.ASKED, 0) >= NOTED_EVERY_S:
        connection_store.note(obtained.opened.actor, connection.value.id, {ConnectionEvent.ASKED: obtained.now})
    return obtained


def _must_be_within_rate(key: TokenKey) -> None:
    now = clock.now()
    asked_at = tokens.asked_since(key.profile_id, now - 60, limit=REQUESTS_PER_MINUTE)
    if len(asked_at) < REQUESTS_PER_MINUTE:
        return
    wait_s = max(1, asked_at[-1] + 60 - now)
    raise Busy(
        f"This profile has asked for {REQUESTS_PER_MINUTE} tokens within a minute.",
        why="Providers throttle clients that ask in a loop (AADSTS50196), so the console stops before that.",
        do=f"Try again in {duration(wait_s)}, or use the stored token.",
        who="You can do this.",
        wait_s=wait_s,
    )


def _request(asking: _Asking) -> Obtained:
    """Asks, keeps the token, judges it, and keeps what happened."""
    opened = asking.opened
    renewal = connection_tokens.begin(opened) if opened.connection else None
    sent = token_requests.send(opened, asking.transport, asking.using(renewal.using if renewal else USUAL))
    if asking.subject is not None:
        sent = replace(sent, steps=(*asking.subject.steps, *sent.steps))
    if renewal is not None:
        sent = connection_tokens.checked(renewal, sent)
    obtained = Obtained(opened, clock.now(), sent.outcome, steps=sent.steps)
    if sent.response is not None:
        token = parse(sent.response.access_token.reveal())
        response = token_lives.with_own_life(sent.response, token)
        if renewal is None:
            tokens.save(asking.key, response)
        else:
            connection_tokens.keep(renewal, asking.key, response)
        obtained = judged(replace(obtained, result=response, token=token), asking.transport)
    elif renewal is not None:
        connection_tokens.failed(renewal, sent)
    used = TokenFacts(obtained.token, obtained.signature) if obtained.token else None
    entry = token_history.keep(opened.actor, opened.profile, opened.api, sent, used=used, now=obtained.now)
    return replace(obtained, diagnosis=entry.diagnosis, evidence=entry.evidence, attempt_id=entry.attempt_id)
