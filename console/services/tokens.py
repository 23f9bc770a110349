"""Obtain a token for a profile: from the store while it is valid, else from its provider, one request at a time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from console.adapters import clock, random
from console.adapters.transport import Transport
from console.core.actor import Actor
from console.core.api import Api
from console.core.attempts.attempt import TokenFacts
from console.core.audit.actions import Action
from console.core.checks import run_all
from console.core.checks.base import Context
from console.core.credential import Secret
from console.core.diagnosis.base import Diagnosis
from console.core.errors import Busy, Misconfigured, NotFound
from console.core.exchange import Exchange, Failure
from console.core.finding import Finding
from console.core.grants import grant_of
from console.core.grants.base import Need, SendPerson, Wait
from console.core.oauth import token_use
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.profile import Profile
from console.core.providers import words_for
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED, SignatureResult
from console.core.tokens.times import duration, epoch
from console.core.tokens.token import Token
from console.services import budget, destinations, keys, opening, profiles, token_history, token_requests, wiring
from console.services.opening import OpenProfile
from console.services.own_sandbox import OwnSandbox, place_of
from console.services.token_requests import USUAL, Resumed, Using
from console.store import audit, json_text, tokens
from console.store.tokens import TokenKey

LEASE_S = 45  # longer than a token request may last; shorter than the minute in which a dead worker's must be over
REQUESTS_PER_MINUTE = 12
LEAST_LIFE_S = 60  # a stored token with less left is not handed out


@dataclass(frozen=True, slots=True)
class Obtained:
    """What came of asking for a token. `result` is None while another request for it is under way, and a move (Wait,
    SendPerson) where a person is to do something first: `go_on` takes it from there.

    `token` is the token read, None without one. `now` is epoch seconds. `findings` judge the token against the
    profile's Api. `steps`, `diagnosis` and `attempt_id` are those of a request that was made now.
    """

    opened: OpenProfile
    now: int
    result: TokenResponse | TokenError | Failure | Wait | SendPerson | None = None
    token: Token | None = None
    steps: tuple[Exchange, ...] = ()
    is_from_store: bool = False
    signature: SignatureResult = NOT_CHECKED
    findings: tuple[Finding, ...] = ()
    diagnosis: Diagnosis | None = None
    attempt_id: str | None = None

    @property
    def profile(self) -> Profile:
        return self.opened.profile

    @property
    def api(self) -> Api | None:
        return self.opened.api

    @property
    def response(self) -> TokenResponse | None:
        return self.result if isinstance(self.result, TokenResponse) else None

    @property
    def error(self) -> TokenError | None:
        return self.result if isinstance(self.result, TokenError) else None

    @property
    def failure(self) -> Failure | None:
        return self.result if isinstance(self.result, Failure) else None

    @property
    def is_under_way(self) -> bool:
        return self.result is None

    @property
    def access_token(self) -> Secret | None:
        return self.response.access_token if self.response else None

    @property
    def token_type(self) -> str:
        """As the provider gave it."""
        return self.response.token_type if self.response else ""


@dataclass(frozen=True, slots=True)
class _Asking:
    """A use of a profile, with what its token belongs to."""

    opened: OpenProfile
    transport: Transport
    key: TokenKey
    using: Using = USUAL


def obtain(actor: Actor, profile_id: str, *, wants_fresh: bool = False) -> Obtained:
    """The profile's token, judged, or that another request for it is under way.

    Raises NotFound, NotAllowed, Busy or Misconfigured.
    """
    return obtain_for(opening.of_profile(actor, "use", profile_id), wants_fresh=wants_fresh)


def obtain_for(opened: OpenProfile, *, wants_fresh: bool = False) -> Obtained:
    """As `obtain`, for a profile that is opened for use."""
    asking = _asking(opened)
    before = _valid(asking.key)
    if before and not wants_fresh:
        return _from_store(opened, before, asking.transport)
    return _asked(asking, before)


def go_on(
    actor: Actor, profile_id: str, move: Wait | SendPerson, *, came_back: Mapping[str, str] | None = None
) -> Obtained:
    """The next look of a grant in which a person does something: `came_back` is with what they came back, if they did.

    Raises as `obtain` does.
    """
    asking = _asking(opening.of_profile(actor, "use", profile_id))
    return _asked(replace(asking, using=Using(resumed=Resumed(move.keep, came_back))), _valid(asking.key))


def _asking(opened: OpenProfile) -> _Asking:
    destinations.require_accepted(opened)
    return _Asking(opened, wiring.transport_for(opened.own), token_key(opened.own, opened.profile))


def _asked(asking: _Asking, before: TokenResponse | None) -> Obtained:
    """Asks the provider, unless another request of this profile does, or just did."""
    key, holder = asking.key, random.new_id()
    if not tokens.acquire_lease(key, holder=holder, now=clock.now(), until=clock.now() + LEASE_S):
        return _under_way(asking.opened)
    try:
        kept = _valid(key)
        if kept and kept != before:  # another request, of a double click say, came first
            return _from_store(asking.opened, kept, asking.transport)
        _must_be_within_rate(key)
        with budget.calling(asking.opened.actor):
            return _request(asking)
    finally:
        tokens.release_lease(key, holder=holder)


def look(opened: OpenProfile) -> Obtained | None:
    """What is known without asking anybody: that a request is under way, or the token in the store, or nothing."""
    if tokens.is_leased(token_key(opened.own, opened.profile), now=clock.now()):
        return _under_way(opened)
    return stored(opened)


def stored(opened: OpenProfile) -> Obtained | None:
    """The token in the store, judged with stored keys only: no request leaves; None when there is none.

    None too where the key ring does not open it: the profile's findings say so.
    """
    kept = valid(opened.own, opened.profile)
    return _from_store(opened, kept, None) if kept else None


def valid(own: OwnSandbox, profile: Profile) -> TokenResponse | None:
    """The stored token that can still be used, as it is kept and not judged; None when there is none."""
    return _valid(token_key(own, profile))


def reveal(opened: OpenProfile) -> Obtained:
    """The stored token to be shown whole, which the audit trail records; NotFound when there is none."""
    found, actor, profile = stored(opened), opened.actor, opened.profile
    if found is None:
        raise NotFound(
            "There is no token to reveal.", why="None is stored, or it has expired.", do="Get a token first."
        )
    audit.append(
        actor, Action.TOKEN_REVEALED, object_kind="profile", object_id=profile.id, result="shown", now=clock.now()
    )
    return found


def token_key(own: OwnSandbox, profile: Profile) -> TokenKey:
    """What a stored token belongs to: another credential, client, place, grant, scope or setting asks anew."""
    return TokenKey(
        profile_id=profile.id,
        credential_version=profile.credential.version,
        grant=profile.grant,
        scope=json_text.dump((profile.client_id, profile.scope, sorted(profile.settings.items()))),
        place=f"{profiles.destination_of(profile)} {place_of(own, profile)}".rstrip(),
        connection=_connection(own.actor, profile),
    )


def _connection(actor: Actor, profile: Profile) -> str | None:
    """Whose the token is: the application's own is everybody's who may use the profile, a user's only that person's."""
    is_users = Need.USER in grant_of(profile.grant).needs
    return f"person {actor.user_id}" if is_users else None


def judge(
    token: Token, api: Api | None, *, transport: Transport | None, now: int
) -> tuple[SignatureResult, tuple[Finding, ...]]:
    """Signature and every check against the Api's expectation. Without a transport only stored keys are used."""
    if api is None:
        return NOT_CHECKED, ()
    signature = keys.check_signature(token, api.expectation, api.metadata_url, transport=transport, now=now)
    return signature, run_all(Context(token, api.expectation, signature, now, words_for(token)))


def _valid(key: TokenKey) -> TokenResponse | None:
    """The stored token that can still be used. One that does not open, for whatever reason, is as good as none."""
    try:
        kept = tokens.find(key)
    except Misconfigured:
        return None
    is_short = kept is not None and kept.expires_at is not None and kept.expires_at - clock.now() < LEAST_LIFE_S
    return None if is_short else kept


def _from_store(opened: OpenProfile, kept: TokenResponse, transport: Transport | None) -> Obtained:
    now = clock.now()
    return replace(_judged(Obtained(opened, now, kept), transport), is_from_store=True)


def _judged(obtained: Obtained, transport: Transport | None) -> Obtained:
    """With its token read and judged, when it has one."""
    response = obtained.response
    if response is None:
        return obtained
    token = obtained.token or parse(response.access_token.reveal())
    signature, findings = judge(token, obtained.api, transport=transport, now=obtained.now)
    found = (*token_use.check(response.token_type), *findings)
    return replace(obtained, token=token, signature=signature, findings=found)


def _under_way(opened: OpenProfile) -> Obtained:
    """For whoever comes while another asks: its answer is shared, and is looked for instead of asked for again."""
    return Obtained(opened, clock.now())


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


def _with_own_life(response: TokenResponse, token: Token) -> TokenResponse:
    """The answer with the life that the token itself tells, where the answer tells none."""
    ends_at = epoch((token.claims or {}).get("exp"))
    if response.expires_in_s is not None or ends_at is None:
        return response
    return replace(response, expires_in_s=max(0, ends_at - response.obtained_at))


def _request(asking: _Asking) -> Obtained:
    """Asks, keeps the token, judges it, and keeps what happened."""
    opened = asking.opened
    sent = token_requests.send(opened, asking.transport, asking.using)
    obtained = Obtained(opened, clock.now(), sent.outcome, steps=sent.steps)
    if sent.response is not None:
        token = parse(sent.response.access_token.reveal())
        response = _with_own_life(sent.response, token)
        tokens.save(asking.key, response)
        obtained = _judged(replace(obtained, result=response, token=token), asking.transport)
    used = TokenFacts(obtained.token, obtained.signature) if obtained.token else None
    entry = token_history.keep(opened.actor, opened.profile, opened.api, sent, used=used, now=obtained.now)
    return replace(obtained, diagnosis=entry.diagnosis, attempt_id=entry.attempt_id)
