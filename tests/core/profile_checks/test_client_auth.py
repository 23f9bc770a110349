"""What is said, before anything is sent, of how the client proves itself."""

from dataclasses import replace

import pytest

from console.core.credential import AssertionFacts, CredentialKind, CredentialSummary, SigningKeyFacts
from console.core.finding import Status
from console.core.owner import Owner
from console.core.profile import ProfileDraft
from console.core.profile_checks import client_auth
from console.core.profile_checks.check_profile import secret_shape
from tests.core.profile_checks.test_check_profile import CERTIFICATE, DAY, NOW

PROFILE = ProfileDraft(
    name="n",
    environment="",
    provider="generic",
    settings={"environment": "outside", "issuer": "https://idp.example", "token_endpoint": "https://idp.example/t"},
    client_id="c",
    grant="client_credentials",
    scope="",
    api_id=None,
)
KEY = SigningKeyFacts("k1", "EC", 256, {}, "thumb")
CERT = CredentialSummary(CredentialKind.CERTIFICATE, 1, NOW, "", certificate=CERTIFICATE)
SECRET = CredentialSummary(CredentialKind.SECRET, 1, NOW, "")
BARE = CredentialSummary(CredentialKind.KEY, 1, NOW, "", key=KEY)
TOKEN = CredentialSummary(CredentialKind.ASSERTION, 1, NOW, "", assertion=AssertionFacts(ends_at=NOW + 60))


def found(kept, *, secret=None, now=NOW, provider="generic", grant="client_credentials", client_id="c", **settings):
    values = {**PROFILE.settings, **settings} if provider == "generic" else settings
    profile = replace(PROFILE, provider=provider, settings=values, grant=grant, client_id=client_id)
    shape = secret_shape(secret) if secret is not None else None
    return list(client_auth.check(profile, kept, shape, now))


@pytest.mark.parametrize(
    ("kept", "settings"),
    [
        (CredentialSummary(), {}),
        (CERT, {}),
        (CERT, {"client_auth": "self_signed_tls_client_auth"}),
        (BARE, {}),
        (BARE, {"assertion_alg": "ES256", "assertion_lifetime_s": "300"}),
        (TOKEN, {}),
        (SECRET, {"secret": "plain-secret_1.~", "client_auth": "client_secret_basic"}),
        (SECRET, {"secret": "a:b+c", "client_auth": "client_secret_post"}),
        (CredentialSummary(), {"client_auth": "none", "grant": "authorization_code"}),
    ],
)
def test_nothing_is_said_of_what_fits(kept, settings):
    assert found(kept, **settings) == []


@pytest.mark.parametrize(
    ("kept", "settings", "status", "check", "words"),
    [
        (SECRET, {"client_auth": "private_key_jwt"}, "fail", "profile-client-auth", "by a certificate or signing key."),
        (CERT, {"client_auth": "client_secret_post"}, "fail", "profile-client-auth", "by a client secret."),
        (BARE, {"client_auth": "tls_client_auth"}, "fail", "profile-client-auth", "by a certificate."),
        (CredentialSummary(), {"client_auth": "none"}, "fail", "profile-client-auth", "rests on its proof alone"),
        (BARE, {"assertion_alg": "PS256"}, "fail", "profile-assertion-key", "cannot sign with PS256"),
        (BARE, {"assertion_key_name": "x5c"}, "fail", "profile-assertion-key", "it has no certificate"),
        (CERT, {"assertion_key_name": "kid"}, "fail", "profile-assertion-key", "no key ID is entered"),
        (CERT, {"assertion_alg": "RS512"}, "warning", "profile-assertion-alg", "It takes PS256, RS256, ES256."),
        (BARE, {"assertion_lifetime_s": "600"}, "warning", "profile-assertion-lifetime", "would live 600 seconds"),
        (BARE, {"assertion_audience": "both"}, "warning", "profile-assertion-audience", "take the issuer alone"),
        (CERT, {"client_auth": "tls_client_auth"}, "warning", "profile-client-certificate", "both CN=test;"),
        (
            SECRET,
            {"client_auth": "client_secret_basic", "secret": "a:b"},
            "notice",
            "profile-basic-characters",
            "RFC 6749",
        ),
        (
            SECRET,
            {"client_auth": "client_secret_basic", "secret": "ab", "client_id": "a:b"},
            "notice",
            "profile-basic-characters",
            "RFC 6749",
        ),
    ],
)
def test_what_does_not_fit_is_said(kept, settings, status, check, words):
    (finding,) = found(kept, **settings)
    assert (finding.status, finding.check) == (status, check)
    assert words in finding.why
    assert finding.do.endswith(".") and finding.who is Owner.INTEGRATOR


def test_where_no_way_takes_the_kind_the_kinds_that_are_taken_are_named():
    (finding,) = found(BARE, provider="google")
    assert (finding.what, finding.why) == (
        "The stored signing key is of no use for this client authentication.",
        "Google takes client secret.",
    )


def test_entra_finds_no_key_without_certificate():
    (finding,) = found(
        replace(BARE, key=replace(KEY, key_type="RSA", key_bits=2048)), provider="entra", cloud="global", tenant="t"
    )
    assert finding.what == "The provider finds keys by their certificate, and this key has none."
    assert finding.why == ("It looks for x5t#S256 or x5t in the assertion's header; this key is named by kid.")


@pytest.mark.parametrize(
    ("left_s", "status"),
    [(-1, Status.FAIL), (0, Status.WARNING), (30 * DAY - 1, Status.WARNING), (30 * DAY, None)],
)
def test_a_key_tells_when_its_registration_ends(left_s, status):
    kept = replace(BARE, key=replace(KEY, ends_at=NOW + left_s))
    assert [one.status for one in found(kept)] == ([status] if status else [])


@pytest.mark.parametrize(("left_s", "is_over"), [(-1, True), (0, False), (60, False)])
def test_a_pasted_assertion_is_good_until_its_end(left_s, is_over):
    kept = replace(TOKEN, assertion=AssertionFacts(ends_at=NOW + left_s))
    assert [one.what for one in found(kept)] == (["The federated assertion has ended."] if is_over else [])


def test_the_whole_message_is_what_a_person_needs():
    (finding,) = found(BARE, assertion_alg="RS256")
    assert (finding.what, finding.why, finding.do) == (
        "No assertion can be signed as this profile says.",
        "The key is EC 256 bits and cannot sign with RS256: it signs with ES256.",
        "Open the profile's form and change it under client authentication. Or replace the key.",
    )


def test_a_grant_that_is_signed_itself_is_judged_by_its_key_too():
    (finding,) = found(BARE, grant="jwt_bearer", assertion_alg="PS256")
    assert finding.check == "profile-assertion-key"


def test_a_key_that_can_sign_none_of_what_is_taken_is_to_be_replaced():
    (finding,) = found(BARE, provider="maskinporten", grant="jwt_bearer")
    assert (finding.check, finding.why) == ("profile-assertion-alg", "It takes RS256, RS384, RS512.")
    assert finding.do == "Make or upload a key that signs with one of these: the stored one cannot."
