"""An authorization server and its habits."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from console.core.api import Expectation
from console.core.exchange import Failure
from console.core.oauth.habits import USUAL, AssertionHabits
from console.core.oauth.metadata import Metadata
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting, Settings
from console.core.oauth.words import NEUTRAL, ProviderWords
from console.core.providers.advice.base import NEUTRAL as NEUTRAL_ADVICE
from console.core.providers.advice.base import Advice
from console.core.providers.known_error import KnownError

SANDBOX = "{sandbox}"  # stands for the sandbox's base URL where it counts as one place, however it is served


@dataclass(frozen=True, slots=True)
class ScopeForm:
    """How a scope is written here, in words: `help` beside the field, `do` and `expected` where one is wrong.

    RFC 6749 section 3.3 lets a server do without one: then it is not `is_required`, or not asked for at all.
    """

    help: str
    do: str = ""
    expected: str = ""
    source: str = ""
    is_required: bool = True
    is_asked: bool = True


def takes_any(grant: str, scope: str) -> str | None:  # noqa: ARG001 (RFC 6749 section 3.3 leaves scopes to the server)
    return None


def names_none(grant: str, scope: str) -> str:  # noqa: ARG001
    return ""


def never(_: object) -> bool:
    return False


def adds_nothing(settings: Settings) -> tuple[tuple[str, str], ...]:  # noqa: ARG001
    return ()


def accepts_its_issuers(settings: Settings, place: Place) -> Expectation:  # noqa: ARG001
    return Expectation(issuers=place.accepted_issuers)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What a person must agree to before a profile is saved: the setting `name` then has this `value`."""

    name: str
    value: str
    label: str
    problem: str


def tells_nothing(address: str) -> dict[str, str]:  # noqa: ARG001
    return {}


def asks_nothing(settings: Settings) -> Confirmation | None:  # noqa: ARG001
    return None


@dataclass(frozen=True, slots=True)
class Provider:
    """`grants` and `client_auths` are codes of the catalogues, in the order in which they are offered and tried.

    `locate(settings, sandbox_base)` settles where it is; the base matters only where `is_played(settings)`: by the
    sandbox of this deployment, and offered where that is on. `destination(settings)` is what a credential is bound to:
    another text discards it. `believes(metadata, place)` is why no credential may follow a discovery document, None
    when it may; the adapter gives it endpoints that are usable URLs, ports written. `scope_problem(grant, scope)` is
    one sentence, None when a scope is well; `api_of_scope(grant, scope)` the one API that it names, "" when there is
    none. `expects(settings, place)` is what a token from here must at least be. `usual` are the grants' settings
    that are settled here, so that no profile is asked for them; `adds(settings)` are parameters of this provider alone
    that go along with every request for a token. `owns(address)`: an issuer or endpoint is plainly of this provider.
    `reads(address)` are the settings that such an address tells. `confirms(settings)` is what must be agreed to, None
    for nothing. With `is_looked_up` its setting `issuer` is enough: its metadata fills in the rest. `assertion` is what
    is wanted of client assertions. `takes_dpop`: tokens can be bound to a key of the client (RFC 9449).

    For people: `words` and `advice` (what to do about causes, and what is kept, in its language), `errors` (its table),
    `claims` (what a claim means here, by name), `help` (where to read on, in words), `labels` (what hand-overs call
    its settings and the parts `client_id`, `scope`, `tenant`: spellings by name).
    """

    code: str
    title: str
    settings: tuple[Setting, ...]
    grants: tuple[str, ...]
    client_auths: tuple[str, ...]
    locate: Callable[[Settings, str], Place]
    destination: Callable[[Settings], str]
    believes: Callable[[Metadata, Place], Failure | None]
    scope_form: ScopeForm
    scope_problem: Callable[[str, str], str | None] = takes_any
    api_of_scope: Callable[[str, str], str] = names_none
    expects: Callable[[Settings, Place], Expectation] = accepts_its_issuers
    usual: Settings = field(default_factory=dict)
    adds: Callable[[Settings], tuple[tuple[str, str], ...]] = adds_nothing
    is_played: Callable[[Settings], bool] = never
    owns: Callable[[str], bool] = never
    confirms: Callable[[Settings], Confirmation | None] = asks_nothing
    is_looked_up: bool = False
    reads: Callable[[str], dict[str, str]] = tells_nothing
    assertion: AssertionHabits = USUAL
    takes_dpop: bool = False
    words: ProviderWords = NEUTRAL
    advice: Advice = NEUTRAL_ADVICE
    errors: tuple[KnownError, ...] = ()
    claims: Mapping[str, str] = field(default_factory=dict)
    help: tuple[str, ...] = ()
    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def variant(self) -> Setting | None:
        """The setting whose choices are offered as providers of their own."""
        return next((setting for setting in self.settings if setting.is_variant), None)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """How it stands in the list of providers, (value, title): `code`, or `code:variant` for each variant."""
        return self.choices_where(has_sandbox=True)

    def choices_where(self, *, has_sandbox: bool) -> tuple[tuple[str, str], ...]:
        """Those of `choices` that a new profile may have: what the sandbox plays only where there is one."""
        variant, of_all = self.variant, []
        if variant is not None:
            of_all = [((f"{self.code}:{value}", title), {variant.name: value}) for value, title in variant.choices]
        found = of_all or [((self.code, self.title), dict[str, str]())]
        return tuple(choice for choice, settings in found if has_sandbox or not self.is_played(settings))

    def choice_of(self, settings: Settings) -> str:
        """The value of that list for a profile with these settings."""
        chosen = settings.get(self.variant.name, "") if self.variant else ""
        return f"{self.code}:{chosen}" if chosen else self.code

    def title_of(self, settings: Settings) -> str:
        """What people call the provider of a profile."""
        variant = self.variant
        chosen = settings.get(variant.name, "") if variant else ""
        return dict(variant.choices).get(chosen, self.title) if variant else self.title

    def unconfirmed(self, settings: Settings) -> Confirmation | None:
        """What these settings ask to be agreed to and is not; None when nothing is open."""
        asked = self.confirms(settings)
        return asked if asked is not None and settings.get(asked.name) != asked.value else None

    def settings_for(self, settings: Settings) -> tuple[Setting, ...]:
        """The settings that matter with these values: some belong to one variant."""
        return tuple(one for one in self.settings if one.is_asked(settings))
