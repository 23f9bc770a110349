"""How the client proves itself fits its credential, its key, and what the provider takes."""

from collections.abc import Iterator
from dataclasses import dataclass

from console.core.client_auth import SETTING, client_auth_for, client_auths_of
from console.core.client_auth.base import ClientAuth
from console.core.credential import CertificateFacts, CredentialKind, CredentialSummary, SigningKeyFacts
from console.core.finding import Finding, Status
from console.core.grants import GRANTS
from console.core.grants.base import Need
from console.core.oauth.assertion import algorithms_of
from console.core.oauth.assertion_style import AssertionStyle, misfit, style_of
from console.core.oauth.habits import AssertionAudience, AssertionHabits, KeyName
from console.core.owner import Owner
from console.core.profile import Profile, ProfileDraft
from console.core.profile_checks.secret import SecretShape
from console.core.providers import provider_of
from console.core.providers.base import Provider
from console.core.tokens.times import utc

SOON_S = 30 * 86_400
_ANOTHER_KEY = "Make or upload a key that signs with one of these: the stored one cannot."
_EDIT = "Open the profile's form and change it under client authentication."


@dataclass(frozen=True, slots=True)
class _Seen:
    """A profile with what its checks share. `auth` is None where nothing fits; `signs`: it makes assertions."""

    profile: Profile | ProfileDraft
    provider: Provider
    kept: CredentialSummary
    auth: ClientAuth | None
    needs: frozenset[Need]

    @property
    def key(self) -> CertificateFacts | SigningKeyFacts | None:
        return self.kept.certificate or self.kept.key

    @property
    def signs(self) -> bool:
        is_asserting = self.auth is not None and self.auth.is_for_audience
        return Need.SIGNING_KEY in self.needs or (Need.CLIENT_AUTH in self.needs and is_asserting)


def lacks_credential(profile: Profile | ProfileDraft, kind: CredentialKind) -> bool:
    """Whether nothing of use is stored, and something is needed: a public client has nothing, and lacks nothing."""
    if kind is not CredentialKind.NONE:
        return False
    needs = next((grant.needs for grant in GRANTS if grant.code == profile.grant), frozenset({Need.CLIENT_AUTH}))
    if Need.SIGNING_KEY in needs or Need.CLIENT_AUTH not in needs:
        return Need.SIGNING_KEY in needs
    return client_auth_for(kind, provider_of(profile.provider).client_auths, profile.settings.get(SETTING, "")) is None


def how_to_enter(profile: Profile) -> str:
    """What to enter where nothing is stored: a secret only where the provider and the grant take one."""
    needs = next((grant.needs for grant in GRANTS if grant.code == profile.grant), frozenset({Need.CLIENT_AUTH}))
    taken = client_auths_of(provider_of(profile.provider).client_auths)
    if Need.SIGNING_KEY not in needs and any(CredentialKind.SECRET in auth.credentials for auth in taken):
        return "Enter the client secret, upload a certificate or make one on the profile's page."
    return "Make a signing key or a certificate on the profile's page, or upload the one that is registered."


def check(
    profile: Profile | ProfileDraft, kept: CredentialSummary, shape: SecretShape | None, now: int
) -> Iterator[Finding]:
    """`kept` is what is stored, `shape` of a secret that may be looked at; `now` is epoch seconds."""
    provider, chosen = provider_of(profile.provider), profile.settings.get(SETTING, "")
    needs = next((grant.needs for grant in GRANTS if grant.code == profile.grant), frozenset[Need]())
    auth = client_auth_for(kept.kind, provider.client_auths, chosen)
    seen = _Seen(profile, provider, kept, auth, needs)
    yield from _check_choice(seen, chosen)
    if seen.signs and (key := seen.key) is not None:
        yield from _check_assertion(key, style_of(key, profile.settings, provider.assertion), provider.assertion)
    yield from _check_ends(kept, now)
    yield from _check_tls(seen)
    if shape is not None and auth is not None and auth.code == "client_secret_basic":
        yield from _check_basic(profile.client_id, shape)


def _check_choice(seen: _Seen, chosen: str) -> Iterator[Finding]:
    kind = seen.kept.kind
    if Need.CLIENT_AUTH not in seen.needs:
        return
    if chosen == "none" and seen.profile.grant == "client_credentials":
        yield _found(
            Status.FAIL,
            "A public client cannot use client credentials.",
            why="The client proves nothing (client authentication is none), and this grant rests on its proof alone.",
            do="Choose another client authentication, or a grant in which a person signs in.",
            check="profile-client-auth",
            source="RFC 6749 section 4.4",
        )
    elif kind is not CredentialKind.NONE and seen.auth is None:
        auths = {auth.code: auth for auth in client_auths_of(seen.provider.client_auths)}
        takes = sorted({kind.words for auth in auths.values() for kind in auth.credentials} - {"credential"})
        way = f"With {chosen}" if chosen else seen.provider.title
        wanted = " or ".join(sorted(one.words for one in auths[chosen].credentials)) if chosen in auths else ""
        yield _found(
            Status.FAIL,
            f"The stored {kind.words} is of no use for this client authentication.",
            why=f"{way} the client proves itself by a {wanted}." if wanted else f"{way} takes {', '.join(takes)}.",
            do="Enter a credential of that kind, or choose another client authentication in the profile.",
            check="profile-client-auth",
            source="RFC 8414 section 2 (token_endpoint_auth_methods_supported)",
        )


def _check_assertion(
    key: CertificateFacts | SigningKeyFacts, style: AssertionStyle, habits: AssertionHabits
) -> Iterator[Finding]:
    if problem := misfit(key, style):
        yield _found(
            Status.FAIL,
            "No assertion can be signed as this profile says.",
            why=problem,
            do=f"{_EDIT} Or replace the key.",
            check="profile-assertion-key",
            source="RFC 7518 section 3.1",
        )
        return
    if style.alg not in habits.algorithms:
        yield _odd(
            f"The provider is not known to take assertions signed with {style.alg}.",
            f"It takes {', '.join(habits.algorithms)}.",
            "profile-assertion-alg",
            do=_EDIT if set(habits.algorithms) & set(algorithms_of(key)) else _ANOTHER_KEY,
        )
    if isinstance(key, SigningKeyFacts) and KeyName.KID not in habits.key_names:
        named = " or ".join(habits.key_names)
        yield _odd(
            "The provider finds keys by their certificate, and this key has none.",
            f"It looks for {named} in the assertion's header; this key is named by kid.",
            "profile-assertion-key",
        )
    if style.lifetime_s > habits.lifetime_s:
        yield _odd(
            "The assertion lives longer than the provider takes.",
            f"It would live {style.lifetime_s} seconds; the provider takes {habits.lifetime_s} at most.",
            "profile-assertion-lifetime",
        )
    if style.audience is AssertionAudience.BOTH:
        yield _odd(
            "The assertion names two audiences.",
            "Servers that follow the update of RFC 7523 take the issuer alone, so that no other server can use it.",
            "profile-assertion-audience",
        )


def _check_ends(kept: CredentialSummary, now: int) -> Iterator[Finding]:
    """Of a secret, a key and an assertion; a certificate has its own check."""
    if kept.certificate is not None or kept.ends_at is None:
        return
    what, end = kept.kind.words, utc(kept.ends_at)
    do = f"Renew the {what} at the provider and enter it here."
    if now > kept.ends_at:
        why = f"It ended at {end}; now it is {utc(now)}."
        yield _found(Status.FAIL, f"The {what} has ended.", why=why, do=do, check=_ENDS, source=_EXP)
    elif kept.ends_at - now < SOON_S and kept.is_dated_by_hand:
        subject = "Its registration" if kept.kind is CredentialKind.KEY else "It"
        why = f"{subject} ends at {end}; now it is {utc(now)}."
        yield _found(
            Status.WARNING, f"The {what} ends soon.", why=why, do=do, check="profile-credential-ends", source=_EXP
        )


def _check_tls(seen: _Seen) -> Iterator[Finding]:
    facts = seen.kept.certificate
    if facts is None or seen.auth is None or seen.auth.code != "tls_client_auth":
        return
    if facts.subject == facts.issuer and len(facts.chain) == 1:
        yield _odd(
            "The certificate is self-signed, and tls_client_auth asks for one of an authority.",
            f"Subject and issuer are both {facts.subject[:200]}; the provider looks for an authority that it knows.",
            "profile-client-certificate",
            "RFC 8705 section 2.1",
        )


def _check_basic(client_id: str, shape: SecretShape) -> Iterator[Finding]:
    """What is encoded before it is sent is where careless servers fail: they compare it without decoding it."""
    has_odd_id = any(char in client_id for char in ":+% ")
    if not shape.is_encoded_in_basic and not has_odd_id:
        return
    what = "client ID" if has_odd_id and not shape.is_encoded_in_basic else "client secret"
    yield Finding(
        Status.NOTICE,
        f"The {what} has characters that are encoded before they are sent by Basic.",
        "The console encodes them as RFC 6749 says; a server that does not decode them refuses the client.",
        "If the client is refused, send the secret in the form (client_secret_post), or have another secret made.",
        Owner.INTEGRATOR,
        check="profile-basic-characters",
        source="RFC 6749 section 2.3.1 and appendix B",
    )


_ENDS, _EXP = "profile-credential-ends", "RFC 7519 section 4.1.4"


def _odd(what: str, why: str, check: str, source: str = "RFC 7523 section 3", *, do: str = _EDIT) -> Finding:
    return _found(Status.WARNING, what, why=why, do=do, check=check, source=source)


def _found(status: Status, what: str, *, why: str, do: str, check: str, source: str) -> Finding:
    return Finding(status, what, why, do, Owner.INTEGRATOR, check=check, source=source)
