"""Obtain a token for a profile: from the store while it is valid, else from its provider, one request at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from console.adapters import clock, random
from console.adapters.transport import Transport
from console.core.actor import Actor, Right
from console.core.api import Api
from console.core.audit.actions import Action
from console.core.checks import run_all
from console.core.checks.base import Context
from console.core.credential import Secret
from console.core.diagnosis.base import Diagnosis
from console.core.errors import Busy, Misconfigured, NotFound
from console.core.exchange import Failure
from console.core.finding import Finding
from console.core.oauth import token_use
from console.core.oauth.token_response import TokenError, TokenResponse
from console.core.profile import Profile
from console.core.tokens.parse import parse
from console.core.tokens.signature import NOT_CHECKED, SignatureResult
from console.core.tokens.times import duration, epoch
from console.core.tokens.token import Token
from console.services import budget, destinations, keys, profiles, sandbox, token_requests, wiring
from console.services.token_requests import Step
from console.store import audit, tokens
from console.store import profiles as profile_store
from console.store.tokens import StoredTokenValue, TokenKey

LEASE_S = 45  # longer than a token request may last; shorter than the minute in which a dead worker's must be over
REQUESTS_PER_MINUTE = 12
LEAST_LIFE_S = 60  # a stored token with less left is not handed out


@dataclass(frozen=True, slots=True)
class Obtained:
    """What came of asking for a token. Exactly one of `access_token`, `error`, `failure`, `is_under_way` is set.

    `token_type` is as the provider gave it. `obtained_at`, `expires_at` and `now` are epoch seconds. `findings` judge
    the token against the profile's Api. `notes` are sentences on what in the provider's answer is odd. `rights` on the
    profile are set by `obtain` alone.
    """

    profile: Profile
    api: Api | None
    now: int
    access_token: Secret | None = None
    token_type: str = ""
    token: Token | None = None
    error: TokenError | None = None
    failure: Failure | None = None
    steps: tuple[Step, ...] = ()
    is_from_store: bool = False
    obtained_at: int | None = None
    expires_at: int | None = None
    signature: SignatureResult = NOT_CHECKED
    findings: tuple[Finding, ...] = ()
    diagnosis: Diagnosis | None = None
    attempt_id: str | None = None
    is_under_way: bool = False
    notes: tuple[str, ...] = ()
    rights: frozenset[Right] = frozenset()


def obtain(actor: Actor, profile_id: str, *, wants_fresh: bool = False) -> Obtained:
    """The profile's token, judged, or that another request for it is under way.

    Raises NotFound, NotAllowed, Busy or Misconfigured.
    """
    held = profile_store.get(actor, "use", profile_id)
    destinations.require_accepted(actor, held)
    return replace(_obtained(actor, held.value, wants_fresh=wants_fresh), rights=held.rights)


def _obtained(actor: Actor, profile: Profile, *, wants_fresh: bool) -> Obtained:
    api = profiles.api_of(actor, profile)
    transport = wiring.transport_for(actor)
    key = token_key(actor, profile)
    before = _valid(key)
    if before and not wants_fresh:
        return _from_store(profile, api, before, transport)
    return _asked(actor, profile, api, transport=transport, key=key, before=before)


def _asked(
    actor: Actor,
    profile: Profile,
    api: Api | None,
    *,
    transport: Transport,
    key: TokenKey,
    before: StoredTokenValue | None,
) -> Obtained:
    """Asks the provider, unless another request of this profile does, or just did."""
    holder = random.new_id()
    if not tokens.acquire_lease(key, holder=holder, now=clock.now(), until=clock.now() + LEASE_S):
        return _under_way(profile, api)
    try:
        kept = _valid(key)
        if kept and kept != before:  # another request, of a double click say, came first
            return _from_store(profile, api, kept, transport)
        _must_be_within_rate(key)
        with budget.calling(actor):
            return _request(actor, profile, api, transport=transport, key=key)
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
    """What a stored token belongs to: another credential, client, tenant, grant or scope asks anew."""
    return token_keys(actor, [profile])[0]


def token_keys(actor: Actor, found: Sequence[Profile]) -> list[TokenKey]:
    """The key of each profile; where a provider's tokens belong is looked up once."""
    places = {provider: sandbox.place_of(actor, provider) for provider in {one.provider for one in found}}
    return [
        TokenKey(
            profile_id=one.id,
            credential_version=one.credential.version,
            grant=one.grant,
            scope=" ".join((profiles.destination_of(one), one.client_id, one.scope)),
            place=places[one.provider],
        )
        for one in found
    ]


def judge(
    token: Token, api: Api | None, *, transport: Transport | None, now: int
) -> tuple[SignatureResult, tuple[Finding, ...]]:
    """Signature and every check against the Api's expectation. Without a transport only stored keys are used."""
    if api is None:
        return NOT_CHECKED, ()
    signature = keys.check_signature(token, api.metadata_url, transport=transport, now=now)
    return signature, run_all(Context(token, api.expectation, signature, now))


def _valid(key: TokenKey) -> StoredTokenValue | None:
    """The stored token that can still be used. One that does not open, for whatever reason, is as good as none."""
    try:
        kept = tokens.find(key)
    except Misconfigured:
        return None
    is_short = kept is not None and kept.expires_at is not None and kept.expires_at - clock.now() < LEAST_LIFE_S
    return None if is_short else kept


def _from_store(profile: Profile, api: Api | None, kept: StoredTokenValue, transport: Transport | None) -> Obtained:
    now = clock.now()
    token = parse(kept.access_token.reveal())
    signature, findings = judge(token, api, transport=transport, now=now)
    return Obtained(
        profile,
        api,
        now,
        access_token=kept.access_token,
        token_type=kept.token_type,
        token=token,
        is_from_store=True,
        obtained_at=kept.obtained_at,
        expires_at=kept.expires_at,
        signature=signature,
        findings=(*token_use.check(kept.token_type), *findings),
    )


def _under_way(profile: Profile, api: Api | None) -> Obtained:
    """For whoever comes while another asks: its answer is shared, and is looked for instead of asked for again."""
    return Obtained(profile, api, clock.now(), is_under_way=True)


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


def _request(actor: Actor, profile: Profile, api: Api | None, *, transport: Transport, key: TokenKey) -> Obtained:
    sent = token_requests.send(actor, profile, transport)
    now = clock.now()
    response = sent.outcome.response
    token, signature = None, NOT_CHECKED
    findings: tuple[Finding, ...] = ()
    if response is not None:
        token = parse(response.access_token.reveal())
        response = _with_own_life(response, token)
        tokens.save(key, response)
        signature, findings = judge(token, api, transport=transport, now=now)
        findings = (*token_use.check(response.token_type), *findings)
    kept = token_requests.keep(actor, sent, api, token=token, signature=signature, now=now)
    lifetime = response.expires_in_s if response else None
    return Obtained(
        profile,
        api,
        now,
        access_token=response.access_token if response else None,
        token_type=response.token_type if response else "",
        token=token,
        error=sent.outcome.error,
        failure=sent.outcome.failure,
        steps=kept.steps,
        obtained_at=response.obtained_at if response else None,
        expires_at=response.obtained_at + lifetime if response and lifetime else None,
        signature=signature,
        findings=findings,
        diagnosis=kept.diagnosis,
        attempt_id=kept.attempt_id,
        notes=response.notes if response else (),
    )
