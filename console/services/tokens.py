"""Obtain a token for a profile: from the store while it is valid, else from its provider, one request at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from console.adapters import clock, random
from console.adapters.transport import Transport
from console.core.actor import Actor, Right
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
from console.core.held import Held
from console.core.oauth import token_use
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.profile import Profile
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED, SignatureResult
from console.core.tokens.times import duration, epoch
from console.core.tokens.token import Token
from console.services import budget, destinations, keys, profiles, sandbox, token_history, token_requests, wiring
from console.services.token_requests import Resumed
from console.store import audit, json_text, tokens
from console.store import profiles as profile_store
from console.store.tokens import TokenKey

LEASE_S = 45  # longer than a token request may last; shorter than the minute in which a dead worker's must be over
REQUESTS_PER_MINUTE = 12
LEAST_LIFE_S = 60  # a stored token with less left is not handed out


@dataclass(frozen=True, slots=True)
class Obtained:
    """What came of asking for a token. `result` is None while another request for it is under way, and a move (Wait,
    SendPerson) where a person is to do something first: `go_on` takes it from there.

    `token` is the token read, None without one. `now` is epoch seconds. `findings` judge the token against the
    profile's Api. `steps`, `diagnosis` and `attempt_id` are those of a request that was made now. `rights` on the
    profile are set by `obtain` and `go_on` alone.
    """

    profile: Profile
    api: Api | None
    now: int
    result: TokenResponse | TokenError | Failure | Wait | SendPerson | None = None
    token: Token | None = None
    steps: tuple[Exchange, ...] = ()
    is_from_store: bool = False
    signature: SignatureResult = NOT_CHECKED
    findings: tuple[Finding, ...] = ()
    diagnosis: Diagnosis | None = None
    attempt_id: str | None = None
    rights: frozenset[Right] = frozenset()

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
    """A use of a profile, with what its token belongs to. `resumed` when a grant goes on."""

    actor: Actor
    profile: Profile
    api: Api | None
    transport: Transport
    key: TokenKey
    resumed: Resumed | None = None


def obtain(actor: Actor, profile_id: str, *, wants_fresh: bool = False) -> Obtained:
    """The profile's token, judged, or that another request for it is under way.

    Raises NotFound, NotAllowed, Busy or Misconfigured.
    """
    held = profile_store.get(actor, "use", profile_id)
    asking = _asking(actor, held)
    return replace(_obtained(asking, wants_fresh=wants_fresh), rights=held.rights)


def _obtained(asking: _Asking, *, wants_fresh: bool) -> Obtained:
    before = _valid(asking.key)
    if before and not wants_fresh:
        return _from_store(asking.profile, asking.api, before, asking.transport)
    return _asked(asking, before)


def go_on(
    actor: Actor, profile_id: str, move: Wait | SendPerson, *, came_back: Mapping[str, str] | None = None
) -> Obtained:
    """The next look of a grant in which a person does something: `came_back` is with what they came back, if they did.

    Raises as `obtain` does.
    """
    held = profile_store.get(actor, "use", profile_id)
    asking = replace(_asking(actor, held), resumed=Resumed(move.keep, came_back))
    return replace(_asked(asking, _valid(asking.key)), rights=held.rights)


def _asking(actor: Actor, held: Held[Profile]) -> _Asking:
    destinations.require_accepted(actor, held)
    profile = held.value
    api = profiles.api_of(actor, profile)
    return _Asking(actor, profile, api, wiring.transport_for(actor), token_key(actor, profile))


def _asked(asking: _Asking, before: TokenResponse | None) -> Obtained:
    """Asks the provider, unless another request of this profile does, or just did."""
    key, holder = asking.key, random.new_id()
    if not tokens.acquire_lease(key, holder=holder, now=clock.now(), until=clock.now() + LEASE_S):
        return _under_way(asking.profile, asking.api)
    try:
        kept = _valid(key)
        if kept and kept != before:  # another request, of a double click say, came first
            return _from_store(asking.profile, asking.api, kept, asking.transport)
        _must_be_within_rate(key)
        with budget.calling(asking.actor):
            return _request(asking)
    finally:
        tokens.release_lease(key, holder=holder)


def look(actor: Actor, profile: Profile, api: Api | None) -> Obtained | None:
    """What is known without asking anybody: that a request is under way, or the token in the store, or nothing."""
    key = token_key(actor, profile)
    if tokens.is_leased(key, now=clock.now()):
        return _under_way(profile, api)
    return stored(actor, profile, api)


def stored(actor: Actor, profile: Profile, api: Api | None) -> Obtained | None:
    """The token in the store, judged with stored keys only: no request leaves; None when there is none.

    None too where the key ring does not open it: the profile's findings say so.
    """
    try:
        kept = _valid(token_key(actor, profile))
    except Misconfigured:
        return None
    return _from_store(profile, api, kept, None) if kept else None


def reveal(actor: Actor, profile: Profile) -> Obtained:
    """The stored token to be shown whole, which the audit trail records; NotFound when there is none."""
    found = stored(actor, profile, profiles.api_of(actor, profile))
    if found is None:
        raise NotFound(
            "There is no token to reveal.", why="None is stored, or it has expired.", do="Get a token first."
        )
    audit.append(
        actor, Action.TOKEN_REVEALED, object_kind="profile", object_id=profile.id, result="shown", now=clock.now()
    )
    return found


def token_key(actor: Actor, profile: Profile) -> TokenKey:
    """What a stored token belongs to: another credential, client, place, grant, scope or setting asks anew."""
    return token_keys(actor, [profile])[0]


def token_keys(actor: Actor, found: Sequence[Profile]) -> list[TokenKey]:
    """The key of each profile; where a provider's tokens belong is looked up once."""
    places = {provider: sandbox.place_of(actor, provider) for provider in {one.provider for one in found}}
    return [
        TokenKey(
            profile_id=one.id,
            credential_version=one.credential.version,
            grant=one.grant,
            scope=json_text.dump((one.client_id, one.scope, sorted(one.settings.items()))),
            place=f"{profiles.destination_of(one)} {places[one.provider]}".rstrip(),
            connection=_connection(actor, one),
        )
        for one in found
    ]


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
    signature = keys.check_signature(token, api.metadata_url, transport=transport, now=now)
    return signature, run_all(Context(token, api.expectation, signature, now))


def _valid(key: TokenKey) -> TokenResponse | None:
    """The stored token that can still be used. One that does not open, for whatever reason, is as good as none."""
    try:
        kept = tokens.find(key)
    except Misconfigured:
        return None
    is_short = kept is not None and kept.expires_at is not None and kept.expires_at - clock.now() < LEAST_LIFE_S
    return None if is_short else kept


def _from_store(profile: Profile, api: Api | None, kept: TokenResponse, transport: Transport | None) -> Obtained:
    now = clock.now()
    return replace(_judged(Obtained(profile, api, now, kept), transport), is_from_store=True)


def _judged(obtained: Obtained, transport: Transport | None) -> Obtained:
    """With its token read and judged, when it has one."""
    response = obtained.response
    if response is None:
        return obtained
    token = obtained.token or parse(response.access_token.reveal())
    signature, findings = judge(token, obtained.api, transport=transport, now=obtained.now)
    found = (*token_use.check(response.token_type), *findings)
    return replace(obtained, token=token, signature=signature, findings=found)


def _under_way(profile: Profile, api: Api | None) -> Obtained:
    """For whoever comes while another asks: its answer is shared, and is looked for instead of asked for again."""
    return Obtained(profile, api, clock.now())


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
    profile, api = asking.profile, asking.api
    sent = token_requests.send(asking.actor, profile, asking.transport, resumed=asking.resumed)
    obtained = Obtained(profile, api, clock.now(), sent.outcome, steps=sent.steps)
    if sent.response is not None:
        token = parse(sent.response.access_token.reveal())
        response = _with_own_life(sent.response, token)
        tokens.save(asking.key, response)
        obtained = _judged(replace(obtained, result=response, token=token), asking.transport)
    used = TokenFacts(obtained.token, obtained.signature) if obtained.token else None
    entry = token_history.keep(asking.actor, profile, api, sent, used=used, now=obtained.now)
    return replace(obtained, diagnosis=entry.diagnosis, attempt_id=entry.attempt_id)
