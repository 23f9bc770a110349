"""How a client's assertions look: the settings of a profile, else what its provider is used to."""

from dataclasses import dataclass

from console.core.credential import CertificateFacts, SigningKeyFacts
from console.core.oauth.assertion import algorithms_of
from console.core.oauth.habits import AssertionAudience, AssertionHabits, KeyName
from console.core.oauth.setting import Setting, Settings

KeyFactsOfClient = CertificateFacts | SigningKeyFacts

ALGORITHMS = ("PS256", "RS256", "ES256", "PS384", "RS384", "ES384", "PS512", "RS512", "ES512")
NO_TYPE = "none"
LIVES_S = (30, 60, 100, 120, 300, 600)
SETTINGS = (
    Setting(
        "assertion_alg",
        "Signing algorithm",
        help="Left open, the one that the provider prefers among those of the key.",
        choices=tuple((alg, alg) for alg in ALGORITHMS),
        is_required=False,
    ),
    Setting(
        "assertion_key_name",
        "Key named by",
        help="How the assertion's header tells the provider which key signed it.",
        choices=(
            ("kid", "kid: the key's registered name"),
            ("x5t#S256", "x5t#S256: the certificate's SHA-256 thumbprint"),
            ("x5t", "x5t: the certificate's SHA-1 thumbprint"),
            ("x5c", "x5c: the certificate chain itself"),
            ("x5t#S256 x5c", "x5t#S256 and x5c"),
            ("x5t x5c", "x5t and x5c"),
        ),
        is_required=False,
    ),
    Setting(
        "assertion_kid",
        "Key ID (kid) at the provider",
        help="Only where the provider gave the key a name of its own.",
        is_required=False,
        max_length=200,
    ),
    Setting(
        "assertion_audience",
        "Audience of the assertion",
        help="Left open, the one that the provider asks for.",
        choices=(
            ("issuer", "The issuer"),
            ("token_endpoint", "The token endpoint"),
            ("both", "Both, as a list"),
        ),
        is_required=False,
    ),
    Setting(
        "assertion_typ",
        "Type header (typ)",
        choices=(("JWT", "JWT"), ("client-authentication+jwt", "client-authentication+jwt"), (NO_TYPE, "None")),
        is_required=False,
    ),
    Setting(
        "assertion_lifetime_s",
        "Life of the assertion",
        choices=tuple((str(seconds), f"{seconds} seconds") for seconds in LIVES_S),
        is_required=False,
    ),
)


@dataclass(frozen=True, slots=True)
class AssertionStyle:
    """`key_names` are the header members that name the key. `kid` is the name that was typed for it, "" for the key's
    own. `typ` is "" for none. `lifetime_s` is seconds.
    """

    alg: str
    key_names: tuple[KeyName, ...]
    audience: AssertionAudience
    kid: str = ""
    typ: str = "JWT"
    lifetime_s: int = 60


def style_of(facts: KeyFactsOfClient, settings: Settings, habits: AssertionHabits) -> AssertionStyle:
    """What was chosen, and the provider's habit for the rest. Never raises: what does not fit, `misfit` says."""
    kid = settings.get("assertion_kid", "")
    possible = algorithms_of(facts)
    usual = next((alg for alg in habits.algorithms if alg in possible), (*possible, *habits.algorithms)[0])
    typ = settings.get("assertion_typ") or "JWT"
    return AssertionStyle(
        alg=settings.get("assertion_alg") or usual,
        key_names=_key_names(facts, settings.get("assertion_key_name", ""), habits, kid=kid),
        audience=AssertionAudience(settings.get("assertion_audience") or habits.audience),
        kid=kid,
        typ="" if typ == NO_TYPE else typ,
        lifetime_s=int(settings.get("assertion_lifetime_s") or habits.lifetime_s),
    )


def _key_names(facts: KeyFactsOfClient, chosen: str, habits: AssertionHabits, *, kid: str) -> tuple[KeyName, ...]:
    if chosen:
        return tuple(map(KeyName, chosen.split()))
    if isinstance(facts, SigningKeyFacts):
        return (KeyName.KID,)
    # A certificate names itself; a kid it has only where somebody typed one.
    usable = (name for name in habits.key_names if kid or name is not KeyName.KID)
    return (next(usable, KeyName.X5T_S256),)


def misfit(facts: KeyFactsOfClient, style: AssertionStyle) -> str:
    """Why no assertion of that style can be made with this key, in one sentence; "" when it can."""
    possible = algorithms_of(facts)
    if style.alg not in possible:
        can = f"it signs with {', '.join(possible)}" if possible else "it signs with none that is used here"
        return f"The key is {facts.key_type} {facts.key_bits} bits and cannot sign with {style.alg}: {can}."
    if isinstance(facts, SigningKeyFacts):
        return _misfit_of_key(facts, style)
    if KeyName.KID in style.key_names and not style.kid:
        return "The key is to be named by kid, and no key ID is entered."
    return ""


def _misfit_of_key(facts: SigningKeyFacts, style: AssertionStyle) -> str:
    named = [name for name in style.key_names if name is not KeyName.KID]
    if named:
        return f"The key is to be named by {' and '.join(named)}, and it has no certificate."
    return "" if style.kid or facts.kid else "The key has no key ID (kid), by which it is to be named."
