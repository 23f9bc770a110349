"""What a token is judged by: demands of an Api, of a profile or typed by hand, and keys stored, fetched or given.

Keys are fetched only on command and only from an address of an Api or of a profile's provider, never from the token.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from console.adapters import clock
from console.adapters.discovery import Sender
from console.core.actor import Actor
from console.core.api import Api, Expectation
from console.core.profile import Profile
from console.core.providers import provider_of
from console.core.tokens.key_input import SharedSecret, read_keys
from console.core.tokens.keys import KeySet
from console.core.tokens.signature import SignatureResult
from console.core.tokens.times import utc
from console.core.tokens.token import Token
from console.core.tokens.verified import verified
from console.services import apis, budget, keys, opening, profiles, wiring
from console.services.keys import FRESH_FOR_S, FoundKeys
from console.services.opening import OpenProfile
from console.services.own_sandbox import OwnSandbox
from console.services.token_home import TokenHome

GIVEN = "keys given by hand"
NOTHING = Expectation()


class KeyChoice(StrEnum):
    """Where the keys come from. `STORED`: fetched before, no request leaves. `FETCHED`: asked for now, on command."""

    NONE = "none"
    STORED = "stored"
    FETCHED = "fetched"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class KeySource:
    """Whose published keys: of an Api or of a profile. At most one is set; with neither, whoever sets the demands."""

    api_id: str | None = None
    profile_id: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class WantedDemands:
    """What a person chose. Demands: those of `api_id`, else of `profile_id`, else `typed`, else none.

    `given` is the text or file for KeyChoice.GIVEN; `secret` says whether it is a shared secret. `by_home` is which
    keys to take where nothing was chosen and the token itself names a known Api or client; None: not looked for.
    """

    api_id: str | None = None
    profile_id: str | None = None
    typed: Expectation | None = None
    keys: KeyChoice = KeyChoice.STORED
    keys_of: KeySource = field(default_factory=KeySource)
    given: str | bytes = ""
    secret: SharedSecret = SharedSecret.NONE
    by_home: KeyChoice | None = None


@dataclass(frozen=True, slots=True)
class Demands:
    """`title` completes "judged by …". `metadata_url` is where the issuer says its keys are, "" when unknown.

    `is_of_client`: only what the profile's provider and client tell, because the token is for another API than its own.
    """

    title: str
    expectation: Expectation = field(default_factory=Expectation)
    metadata_url: str = ""
    api: Api | None = None
    profile: Profile | None = None
    is_of_client: bool = False


@dataclass(frozen=True, slots=True)
class Measure:
    """Demands and keys, ready to judge tokens by; `check` is what core.inspection asks for.

    `keyset` is None when there are no keys, and `problem` then says why in one sentence ("" when none were wanted).
    `fetched_at` is epoch seconds, None for keys given by hand. `notes` are for people.
    """

    demands: Demands
    keyset: KeySet | None = None
    source: str = ""
    fetched_at: int | None = None
    notes: tuple[str, ...] = ()
    problem: str = ""
    _url: str = field(default="", repr=False)
    _transport: Sender | None = field(default=None, repr=False)
    _now: int = field(default=0, repr=False)

    @property
    def is_nothing(self) -> bool:
        """Whether a token is judged by the general rules alone: they say the same of it however often it is sent."""
        return self == BY_NOTHING

    @property
    def expectation(self) -> Expectation:
        return self.demands.expectation

    def check(self, token: Token) -> SignatureResult:
        """Whether the keys verify the token; with fetched keys an unknown kid causes one refresh of their source."""
        result = self._verify(token, self.keyset)
        if result.is_kid_known is not False or self._transport is None:
            return result
        return keys.check_signature(
            token, self.expectation, self._url, transport=self._transport, now=self._now
        )  # which asks once more

    def _verify(self, token: Token, keyset: KeySet | None) -> SignatureResult:
        return verified(token, self.expectation, keyset, source=self.source, problem=self.problem)


BY_NOTHING = Measure(Demands("the general rules alone"))


def measure(actor: Actor, wanted: WantedDemands, home: TokenHome | None = None) -> Measure:
    """What to judge by: `home` where it was found and nothing else was chosen.

    Raises NotFound for an Api or profile that is not the actor's to see.
    """
    demands = _demands(actor, wanted) if home is None else _by_home(actor, home)
    if home is not None and wanted.by_home is not None:
        wanted = replace(wanted, keys=wanted.by_home)
    if wanted.keys is KeyChoice.NONE:
        return Measure(demands)
    if wanted.keys is KeyChoice.GIVEN:
        return _given(demands, wanted)
    return _published(actor, demands, wanted)


def by_api(actor: Actor, api_id: str) -> Demands:
    """The demands of an Api, with sandbox addresses filled in."""
    return _of_api(apis.get(actor, "view", api_id))


def _of_api(api: Api) -> Demands:
    return Demands(f"the API {api.name}", api.expectation, api.metadata_url, api)


def _by_home(actor: Actor, home: TokenHome) -> Demands:
    """The Api that the token is for, with the keys of the client's provider where it names none; else the client."""
    if not home.apis:
        return _by_client(actor, home.profiles[0][0])
    demands = _of_api(OwnSandbox(actor).fill_in(home.apis[0]))
    if demands.metadata_url or not home.profiles:
        return demands
    return replace(demands, metadata_url=by_profile(actor, home.profiles[0][0]).metadata_url)


def _by_client(actor: Actor, profile_id: str) -> Demands:
    """What its client and provider tell of a token that no known Api is named in."""
    opened = opening.of_profile(actor, "view", profile_id)
    stated = opened.api.expectation if opened.api else NOTHING
    if not stated.audiences:
        return _of_opened(opened)
    alone = _of_opened(replace(opened, api=None))
    return replace(alone, is_of_client=True)


def by_profile(actor: Actor, profile_id: str) -> Demands:
    """The demands of a profile's Api and the keys of its issuer; what the Api leaves open its provider fills in.

    Without an Api a token of this profile must at least come from its provider and tenant, for its client.
    """
    return _of_opened(opening.of_profile(actor, "view", profile_id))


def _of_opened(opened: OpenProfile) -> Demands:
    profile, api = opened.profile, opened.api
    place = profiles.place_of(opened.own, profile)
    stated = api.expectation if api else Expectation(authorized_parties=(profile.client_id,))
    least = provider_of(profile.provider).expects(profile.settings, place)
    expectation = replace(stated, issuers=stated.issuers or least.issuers, tenant=stated.tenant or least.tenant)
    title = f"the profile {profile.name}" + (f" and its API {api.name}" if api else "")
    metadata_url = (api.metadata_url if api else "") or place.metadata_url
    return Demands(title, expectation, metadata_url, api, profile)


def typed(expectation: Expectation) -> Demands:
    """Demands typed by hand: they name no address, so keys are given or come from an Api or a profile."""
    return Demands("what you typed", expectation)


def _demands(actor: Actor, wanted: WantedDemands) -> Demands:
    if wanted.api_id:
        return by_api(actor, wanted.api_id)
    if wanted.profile_id:
        return by_profile(actor, wanted.profile_id)
    return typed(wanted.typed) if wanted.typed is not None else BY_NOTHING.demands


def _given(demands: Demands, wanted: WantedDemands) -> Measure:
    read = read_keys(wanted.given, secret=wanted.secret)
    source = f"{GIVEN}: {read.what}" if read.what else GIVEN
    return Measure(demands, read.keyset, source, notes=read.notes, problem=read.problem)


def _published(actor: Actor, demands: Demands, wanted: WantedDemands) -> Measure:
    url = _address(actor, demands, wanted.keys_of)
    if not url:
        return Measure(
            demands, problem="No address of an issuer's keys is known: choose an API or a profile, or give the keys."
        )
    if wanted.keys is KeyChoice.STORED:
        kept = keys.stored(url)
        if kept is None:
            return Measure(
                demands, source=url, problem=f"No keys of {url} are stored yet: fetch them, or give them by hand."
            )
        return _found(demands, kept, url)
    transport, now = wiring.transport_for(OwnSandbox(actor)), clock.now()
    with budget.calling(actor):
        found = keys.find(url, transport=transport, now=now)
    return replace(_found(demands, found, url, now=now), _url=url, _transport=transport, _now=now)


def _address(actor: Actor, demands: Demands, source: KeySource) -> str:
    if source.api_id:
        return by_api(actor, source.api_id).metadata_url
    if source.profile_id:
        return by_profile(actor, source.profile_id).metadata_url
    return demands.metadata_url


def _found(demands: Demands, found: FoundKeys, url: str, *, now: int | None = None) -> Measure:
    """`now` is given when the keys were asked for: older ones then mean that their source did not answer."""
    notes: tuple[str, ...] = ()
    if now is not None and found.fetched_at is not None and now - found.fetched_at >= FRESH_FOR_S:
        notes = (f"The keys could not be fetched again; these are from {utc(found.fetched_at)}.",)
    problem = "" if found.keyset is not None else found.problem or f"The keys of {url} could not be read."
    return Measure(demands, found.keyset, found.source, found.fetched_at, notes, problem)
