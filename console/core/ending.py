"""What ends some day: secrets, certificates, keys and refresh tokens, with the moments that somebody knows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, date, datetime
from enum import StrEnum

from console.core.actor import Right
from console.core.connection import Connection
from console.core.credential import CredentialKind
from console.core.held import Held
from console.core.profile import Profile
from console.core.providers import provider_of

DAY_S = 86_400
SOON_DAYS = 30
STEPS = (30, 14, 7, 1)  # how many days before its end people are reminded of something
SHORT_DAYS = 7  # a refresh token of a shorter life is renewed with each use: no calendar holds it


class EndKind(StrEnum):
    """The value is what people call it, inside a sentence. Values are stored: none is changed."""

    SECRET = "client secret"
    CERTIFICATE = "certificate"
    KEY = "signing key"
    SUBSCRIPTION_KEY = "subscription key"
    REFRESH_TOKEN = "refresh token"
    POLICY_CERTIFICATE = "policy certificate"


@dataclass(frozen=True, slots=True)
class Ending:
    """One thing that ends. `ends_at` is None where nobody knows when, `dated_at` when its end became known.

    `of_id` is the profile's, of a refresh token the connection's, of a policy's certificate the Api's; `part` is such a
    certificate's id. `provider` is the profile's, "" without one. `rights` are those of whoever asked, `is_own` and
    `owner` as in Held.
    """

    kind: EndKind
    of_id: str
    name: str
    provider: str = ""
    ends_at: int | None = None
    dated_at: int | None = None
    rights: frozenset[Right] = frozenset()
    is_own: bool = False
    owner: str = ""
    part: str = ""

    @property
    def may_renew(self) -> bool:
        return "manage" in self.rights

    @property
    def path(self) -> str:
        """Where in the console it is renewed."""
        if self.kind is EndKind.REFRESH_TOKEN:
            return f"/connections/{self.of_id}/"
        if self.kind is EndKind.POLICY_CERTIFICATE:
            return f"/apis/{self.of_id}/policy/"
        return f"/profiles/{self.of_id}/#credential"

    @property
    def is_typed(self) -> bool:
        """Whether its date is what somebody types."""
        return self.kind in (EndKind.SECRET, EndKind.KEY, EndKind.SUBSCRIPTION_KEY)


_KINDS = {
    CredentialKind.SECRET: EndKind.SECRET,
    CredentialKind.CERTIFICATE: EndKind.CERTIFICATE,
    CredentialKind.KEY: EndKind.KEY,
}
_SLUGS = {  # the cause that each leads to when nobody acts
    EndKind.SECRET: "client-secret-expired",
    EndKind.CERTIFICATE: "certificate-or-key-expired",
    EndKind.KEY: "certificate-or-key-expired",
    EndKind.REFRESH_TOKEN: "refresh-token-expired",
}
_DO = {
    EndKind.SECRET: "Have a new client secret made at the provider.",
    EndKind.CERTIFICATE: "Make a new certificate, and register its public part at the provider.",
    EndKind.KEY: "Make a new key, and register its public half at the provider.",
    EndKind.SUBSCRIPTION_KEY: "Have a new key made for the subscription at the API’s gateway.",
    EndKind.REFRESH_TOKEN: "Sign in again.",
    EndKind.POLICY_CERTIFICATE: "Have the gateway given a new certificate.",
}
_THEN = {
    EndKind.CERTIFICATE: "Then store it here; one that is made here is stored already.",
    EndKind.KEY: "Then store it here; one that is made here is stored already.",
    EndKind.REFRESH_TOKEN: "The connection’s page begins that.",
    EndKind.POLICY_CERTIFICATE: "Then keep it with the policy here, in the place of the old one.",
}


def of_profile(held: Held[Profile]) -> Iterator[Ending]:
    """What a profile keeps that ends. What a sandbox gave out lasts for ever, unless somebody typed a date.

    A federated assertion is none of it: it lives for hours, and whoever makes it renews it.
    """
    profile, summary = held.value, held.value.credential
    is_played = provider_of(profile.provider).is_played(profile.settings)
    if (kind := _KINDS.get(summary.kind)) and (summary.ends_at is not None or not is_played):
        yield _of(held, kind, summary.ends_at, summary.dated_at or summary.set_at)
    key = profile.subscription_key
    if key is not None and (key.ends_at is not None or not is_played):
        yield _of(held, EndKind.SUBSCRIPTION_KEY, key.ends_at, key.dated_at or key.set_at)


def _of(held: Held[Profile], kind: EndKind, ends_at: int | None, dated_at: int | None) -> Ending:
    profile, about = held.value, (held.rights, held.is_own, held.owner)
    return Ending(kind, profile.id, profile.name, profile.provider, ends_at, dated_at, *about)


def of_connection(held: Held[Connection], profile_name: str, provider: str) -> Iterator[Ending]:
    """The refresh token of a connection, where its provider told an end that is worth a place in a calendar."""
    one = held.value
    since = one.refreshed_at or one.connected_at or one.created_at
    if not one.has_refresh_token or one.refresh_ends_at is None or one.refresh_ends_at - since < SHORT_DAYS * DAY_S:
        return
    name = f"{profile_name} ({one.name})"
    about = (held.rights, held.is_own, held.owner)
    yield Ending(EndKind.REFRESH_TOKEN, one.id, name, provider, one.refresh_ends_at, since, *about)


def of_policy(held: Held[str], api_id: str, ends: Mapping[str, int], *, saved_at: int) -> Iterator[Ending]:
    """The certificates that are kept with the policy of an Api of that name, by their ids."""
    about = (held.rights, held.is_own, held.owner)
    for part, ends_at in ends.items():
        name = f"{held.value} ({part})"
        yield Ending(EndKind.POLICY_CERTIFICATE, api_id, name, "", ends_at, saved_at, *about, part=part)


def days_left(ends_at: int, now: int) -> int:
    """Days of the calendar in UTC, as people count them: 0 on the day itself, negative afterwards."""
    return ends_at // DAY_S - now // DAY_S


def day_words(ends_at: int) -> str:
    """The day in UTC, as it is typed: 2027-05-31."""
    return f"{datetime.fromtimestamp(ends_at, UTC):%Y-%m-%d}"


def end_of_day(day: date) -> int | None:
    """The last second of that day in UTC, as epoch seconds: what is good until a day is good on it. None in the year
    9999, which stands for "never".
    """
    if day.year == MAXYEAR:
        return None
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) + DAY_S - 1


def left_words(ends_at: int, now: int) -> str:
    """ "ends in 9 days", "ends tomorrow", "ended 3 days ago": the rest of a sentence that begins with what it is."""
    days = days_left(ends_at, now)
    if days > 1:
        return f"ends in {days} days"
    if days == 1:
        return "ends tomorrow"
    if days == 0:
        return "ends today" if ends_at > now else "ended today"
    return "ended yesterday" if days == -1 else f"ended {-days} days ago"


def is_soon(ends_at: int, now: int) -> bool:
    """Also what has ended."""
    return days_left(ends_at, now) <= SOON_DAYS


def due_step(ends_at: int, now: int, *, life_s: int | None = None) -> int | None:
    """The one of STEPS that is due now, None when none is: the nearest, however long nobody looked.

    With a life (seconds) only steps in its second half count: who signed in yesterday is not told of the end.
    """
    days = days_left(ends_at, now)
    if days < 0 or ends_at <= now:
        return None
    fitting = [step for step in STEPS if step >= days]
    step = min(fitting, default=None)
    return step if step is None or life_s is None or 2 * days * DAY_S <= life_s else None


def what_to_do(kind: EndKind, provider: str) -> str:
    """In the words of the provider where it has some."""
    slug = _SLUGS.get(kind)
    known = provider_of(provider).advice.do.get(slug, _DO[kind]) if slug else _DO[kind]
    return f"{known} {_THEN.get(kind, 'Then store it here, with its date.')}"
