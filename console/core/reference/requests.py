"""What is asked of an authorization server: grants, ways to prove the client, parameters."""

from console.core.client_auth import CLIENT_AUTHS
from console.core.client_auth.base import ClientAuth
from console.core.credential import CredentialKind
from console.core.grants import GRANTS
from console.core.grants.base import Grant, Need
from console.core.oauth.parameters import PARAMETERS, Parameter
from console.core.oauth.setting import Setting
from console.core.oauth.words import sentence
from console.core.reference.entry import EntryKind, Fact, FactLine, ReferenceEntry, Related, fact, slug_of

_NEEDS = {
    Need.CLIENT_AUTH: "a proof of the client",
    Need.USER: "a person who signs in",
    Need.REDIRECT: "an address to come back to",
    Need.SUBJECT_TOKEN: "a token that is passed on",
    Need.REFRESH_TOKEN: "a refresh token",
    Need.SIGNING_KEY: "a key that signs the grant",
    Need.PASSWORD: "the person’s password",
}


def grants() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_grant, GRANTS))


def client_auths() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_client_auth, CLIENT_AUTHS))


def parameters() -> tuple[ReferenceEntry, ...]:
    return tuple(map(_parameter, PARAMETERS))


def settings_fact(settings: tuple[Setting, ...]) -> tuple[Fact, ...]:
    """What a profile may choose; nothing where there is nothing to choose."""
    lines = tuple(
        FactLine(one.label, " ".join(filter(None, (one.help, _choices(one)))))
        for one in settings
        if not one.is_confirmed
    )
    return (Fact("Settings of a profile", lines),) if lines else ()


def _choices(setting: Setting) -> str:
    return f"One of: {', '.join(title for _, title in setting.choices)}." if setting.choices else ""


def _grant(grant: Grant) -> ReferenceEntry:
    return ReferenceEntry(
        EntryKind.GRANTS,
        slug_of(grant.code),
        grant.code,
        grant.title,
        grant.warning or f"A grant of {len(_steps_of(grant))} steps.",
        facts=(
            *fact("grant_type", grant.grant_type, is_code=True),
            *fact("Warning", grant.warning),
            *fact("Needs", *(_NEEDS[need] for need in Need if need in grant.needs)),
            *_steps(grant),
            *settings_fact(grant.settings),
        ),
        sources=(grant.source,),
        related=(Related(EntryKind.PARAMETERS, "grant_type", "is a value of it"),),
    )


def _steps(grant: Grant) -> tuple[Fact, ...]:
    """The arrows of its picture; those that do not always happen say so."""
    return (Fact("Steps", _steps_of(grant)),) if grant.arrows else ()


def _steps_of(grant: Grant) -> tuple[FactLine, ...]:
    return tuple(
        FactLine(_named(arrow.title) + (" (not always)" if arrow.is_optional else ""), _named(arrow.text))
        for arrow in grant.arrows
    )


def _named(text: str) -> str:
    """The words of an arrow about nobody in particular."""
    for name, words in (
        ("person", "the person"),
        ("client", "the client"),
        ("provider", "the provider"),
        ("api", "the API"),
    ):
        text = text.replace(f"{{{name}}}", words)
    return sentence(text)


def _client_auth(auth: ClientAuth) -> ReferenceEntry:
    kinds = sorted(kind.words for kind in auth.credentials)
    return ReferenceEntry(
        EntryKind.CLIENT_AUTHENTICATION,
        slug_of(auth.code),
        auth.code,
        auth.title,
        f"A client proves itself with a {' or a '.join(kinds)}."
        if CredentialKind.NONE not in auth.credentials
        else "A public client proves nothing.",
        facts=(
            *fact("Name in metadata", auth.code, is_code=True),
            *fact("Credential", *kinds),
            *fact("Good at", "one endpoint only" if auth.is_for_audience else "any endpoint of the provider"),
            *fact(
                "Where the proof is", "in the connection (mutual TLS)" if auth.shows_certificate else "in the request"
            ),
            *settings_fact(auth.settings),
        ),
        sources=(auth.source,),
    )


def _parameter(parameter: Parameter) -> ReferenceEntry:
    return ReferenceEntry(
        EntryKind.PARAMETERS,
        slug_of(parameter.name),
        parameter.name,
        parameter.purpose,
        "A parameter of authorization or token requests, or of their answers.",
        facts=fact("For", parameter.purpose),
        sources=(parameter.source,),
    )
