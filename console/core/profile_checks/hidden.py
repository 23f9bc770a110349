"""Blanks, line ends, quotation marks and invisible characters that came along when a value was copied."""

from collections.abc import Iterator

from console.core.api import Expectation
from console.core.compare import hidden_characters, without_hidden
from console.core.finding import Finding, Status
from console.core.json.text import shorten
from console.core.oauth.setting import in_a_sentence
from console.core.owner import Owner
from console.core.profile import Profile, ProfileDraft
from console.core.profile_checks.settings import settings_of


def check(profile: Profile | ProfileDraft, expectation: Expectation | None) -> Iterator[Finding]:
    """One finding per value. Both sides: the value as it is, its hidden characters named, and as it should be."""
    settings = settings_of(profile.provider, profile.grant, profile.settings)
    named = {in_a_sentence(setting): profile.settings.get(setting.name, "") for setting in settings}
    typed = {**named, "client ID": profile.client_id, "scope": profile.scope}
    for name, value in typed.items():
        if tidy(value) != value:
            yield _finding(f"The {name} of this profile", value, Owner.INTEGRATOR)
    for name, values in _accepted(expectation or Expectation()):
        for value in values:
            if hidden_characters(value):
                yield _finding(f"The {name} that the API accepts", value, Owner.API_OWNER)


def tidy(value: str) -> str:
    """The value without what is hidden in it; single blanks between words stay, as they separate scopes."""
    return " ".join(part for part in map(without_hidden, value.split()) if part)


def _accepted(expectation: Expectation) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        ("audience", expectation.audiences),
        ("issuer", expectation.issuers),
        ("client ID", expectation.authorized_parties),
        ("role", expectation.roles),
        ("scope", expectation.scopes),
    )


def _finding(name: str, value: str, who: Owner) -> Finding:
    shown, wanted = repr(shorten(value, 200)), tidy(value)
    return Finding(
        Status.FAIL,
        f"{name} hides a blank, a line end, a quotation mark or an invisible character.",
        why=f"It is {shown}; without them it is {shorten(wanted, 200)!r}, and the two are not equal for a computer.",
        do="Type the value again, or paste it as plain text.",
        who=who,
        expected=shorten(wanted, 200),
        actual=shown,
        check="profile-hidden-characters",
        source="RFC 7519 section 7.3 (values are compared character by character)",
    )
