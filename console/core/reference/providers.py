"""The providers: where they answer, what they allow, how they want it, and what they call things."""

import re
from collections.abc import Iterator

from console.core.oauth.habits import AssertionAudience
from console.core.oauth.place import Place
from console.core.oauth.setting import Setting
from console.core.providers import PROVIDERS
from console.core.providers.base import Provider
from console.core.reference.claims import slug_of_claim
from console.core.reference.entry import EntryKind, Fact, FactLine, ReferenceEntry, Related, fact, slug_of
from console.core.reference.requests import settings_fact

_EXAMPLE = re.compile(r"For example ([\w.-]*\w)")
_ENDPOINTS = (
    ("Issuer", "issuer"),
    ("Metadata", "metadata_url"),
    ("Authorization", "authorization_endpoint"),
    ("Pushed authorization requests", "pushed_authorization_request_endpoint"),
    ("Token", "token_endpoint"),
    ("Device authorization", "device_authorization_endpoint"),
    ("Keys", "jwks_uri"),
    ("Introspection", "introspection_endpoint"),
    ("Revocation", "revocation_endpoint"),
    ("End of the session", "end_session_endpoint"),
)
_AUDIENCE = {
    AssertionAudience.ISSUER: "the issuer",
    AssertionAudience.TOKEN_ENDPOINT: "the token endpoint",
    AssertionAudience.BOTH: "issuer and token endpoint",
}


def entries() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_entry, PROVIDERS))


def _entry(provider: Provider) -> ReferenceEntry:
    form = provider.scope_form
    return ReferenceEntry(
        EntryKind.PROVIDERS,
        slug_of(provider.code),
        provider.code,
        provider.title,
        f"It takes {_number(len(provider.grants), 'grant')} and "
        f"{_number(len(provider.client_auths), 'way')} of client authentication.",
        facts=(
            *_endpoints(provider),
            *settings_fact(tuple(one for one in provider.settings if not one.is_variant)),
            *fact("Variants", *(title for _, title in provider.variant.choices) if provider.variant else ()),
            *fact("Scope", form.help, form.do, "" if form.is_required else "A request may do without one."),
            *_assertions(provider),
            *_words(provider),
        ),
        sources=(*provider.help, *filter(None, (form.source,))),
        related=tuple(_related(provider)),
    )


def _number(count: int, of: str) -> str:
    return f"{count} {of}{'' if count == 1 else 's'}"


def _endpoints(provider: Provider) -> tuple[Fact, ...]:
    """Where it answers with settings as their help shows them, else as `{names}`; of variants the first."""
    place = provider.locate({one.name: _example(one) for one in provider.settings}, "{console}/sandbox/{workspace}")
    lines = tuple(FactLine(address, label) for label, address in _addresses(place))
    return (Fact("Addresses", lines, is_code=True),)


def _example(setting: Setting) -> str:
    """A value that its help names as one, or its name where it names none."""
    named = _EXAMPLE.match(setting.help)
    return setting.choices[0][0] if setting.choices else named[1] if named else f"{{{setting.name}}}"


def _addresses(place: Place) -> Iterator[tuple[str, str]]:
    for label, name in _ENDPOINTS:
        if address := getattr(place, name):
            yield label, address


def _assertions(provider: Provider) -> tuple[Fact, ...]:
    """How it wants client assertions, where it takes any."""
    if "private_key_jwt" not in provider.client_auths and "jwt_bearer" not in provider.grants:
        return ()
    habits = provider.assertion
    return (
        Fact(
            "Assertions",
            (
                FactLine(_AUDIENCE[habits.audience], "audience"),
                FactLine(", ".join(habits.algorithms), "algorithms"),
                FactLine(", ".join(habits.key_names), "names the key by"),
                FactLine(f"{habits.lifetime_s} seconds", "longest life"),
            ),
        ),
        *fact("Bound tokens", "DPoP (RFC 9449)" if provider.takes_dpop else ""),
    )


def _words(provider: Provider) -> tuple[Fact, ...]:
    """What it calls things."""
    words = provider.words
    return (
        Fact(
            "In its words",
            (
                FactLine(words.registration, "where a client is registered"),
                FactLine(words.client_id, "client ID"),
                FactLine(words.secret, "client secret"),
                FactLine(words.space, "what separates customers"),
                FactLine(words.ask_for("{api}"), "asking for a token"),
                FactLine(words.grant("{permission}"), "having a permission granted"),
            ),
        ),
    )


def _related(provider: Provider) -> Iterator[Related]:
    for grant in provider.grants:
        yield Related(EntryKind.GRANTS, slug_of(grant), "takes it")
    for auth in provider.client_auths:
        yield Related(EntryKind.CLIENT_AUTHENTICATION, slug_of(auth), "takes it")
    for slug, advice in provider.advice.do.items():
        yield Related(EntryKind.CAUSES, slug, advice)
    for name, meaning in provider.claims.items():
        yield Related(EntryKind.CLAIMS, slug_of_claim(name), meaning)
