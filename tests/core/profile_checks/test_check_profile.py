"""What is said of a profile before anything is sent."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.api import Expectation
from console.core.credential import CertificateFacts
from console.core.finding import Status
from console.core.owner import Owner
from console.core.profile import ProfileDraft
from console.core.profile_checks.check_profile import SecretShape, check_profile, secret_shape

CLIENT = "f73ba7f2-5bf9-44b5-b82c-e4b191a80c41"
TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
API = "5f5d6e0a-3f0b-4d33-9d1f-6a7a3c1c2b10"
SECRET = "s8Q~7dJ2.kP_x-1mN4vB6cX8zL0qW3eR5tY7uI9o"
NOW = 1_800_000_000
DAY = 86_400

PROFILE = ProfileDraft(
    name="Orders client",
    environment="test",
    provider="entra",
    settings={"cloud": "global", "tenant": TENANT},
    client_id=CLIENT,
    grant="client_credentials",
    scope="api://orders/.default",
    api_id=None,
)
CERTIFICATE = CertificateFacts(
    subject="CN=test",
    issuer="CN=test",
    serial="01",
    not_before=NOW - DAY,
    not_after=NOW + 365 * DAY,
    sha1="",
    x5t="",
    x5t_s256="",
    key_type="RSA",
    key_bits=2048,
    chain=("CN=test",),
)


def findings(*, secret=None, certificate=None, audiences=None, now=NOW, **changes):
    settings = {**PROFILE.settings, **{name: changes.pop(name) for name in ("tenant",) if name in changes}}
    return check_profile(
        replace(PROFILE, settings=settings, **changes),
        secret_shape=None if secret is None else secret_shape(secret),
        certificate=certificate,
        expectation=None if audiences is None else Expectation(audiences=audiences),
        now=now,
    )


def codes(**changes):
    return [finding.check for finding in findings(**changes)]


def sentences(finding):
    return (finding.what, finding.why, finding.do, finding.who)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"tenant": "contoso.onmicrosoft.com"},
        {"tenant": "yourcompany.com"},
        {"client_id": "11111111-1111-4111-8111-111111111111"},
        {"provider": "sandbox"},
        {"secret": SECRET},
        {"certificate": CERTIFICATE},
        {"audiences": ()},
        {"audiences": ("api://orders",)},
        {"scope": f"api://{API}/.default", "audiences": (API,)},
        {"scope": f"{API}/.default", "audiences": (f"api://{API}",)},
        {"scope": f"api://contoso.com/{API}/.default", "audiences": (API,)},
        {"scope": f"{CLIENT}/.default"},
        {"scope": f"{CLIENT}/.default", "audiences": (CLIENT, f"api://{CLIENT}")},
    ],
)
def test_a_sound_profile_has_no_findings_with_or_without_a_credential(changes):
    assert findings(**changes) == ()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"client_id": "orders-client"}, "profile-client-id"),
        ({"client_id": ""}, "profile-client-id"),
        ({"client_id": f"api://{CLIENT}"}, "profile-client-id"),
        ({"client_id": CLIENT.replace("-", "")}, "profile-client-id"),
        ({"client_id": "00000000-0000-0000-0000-000000000000"}, "profile-client-id"),
        ({"client_id": "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx"}, "profile-client-id"),
        ({"client_id": "<your client id>"}, "profile-client-id"),
        ({"client_id": TENANT.upper()}, "profile-client-id"),
        ({"tenant": ""}, "profile-tenant"),
        ({"tenant": "your-tenant-id"}, "profile-tenant"),
        ({"tenant": "{tenant}"}, "profile-tenant"),
        ({"tenant": "00000000-0000-0000-0000-000000000000"}, "profile-tenant"),
        ({"tenant": "common"}, "profile-tenant"),
        ({"tenant": "Organizations"}, "profile-tenant"),
        ({"tenant": "9188040d-6c67-4c5b-b112-36a304b66dad"}, "profile-tenant"),
        ({"tenant": "Contoso"}, "profile-tenant"),
        ({"tenant": "contoso..com"}, "profile-tenant"),
        ({"tenant": "10.0.0.1"}, "profile-tenant"),
        ({"tenant": "contoso.com", "provider": "sandbox"}, "profile-tenant"),
        ({"scope": ""}, "profile-scope"),
        ({"scope": "api://orders"}, "profile-scope"),
        ({"scope": "api://orders/Orders.Read"}, "profile-scope"),
        ({"scope": "api://a/.default api://b/.default"}, "profile-scope"),
        ({"scope": "api%3A%2F%2Forders%2F.default"}, "profile-scope"),
        ({"scope": f"api://{CLIENT}/.default"}, "profile-scope-itself"),
        ({"scope": f"api://{CLIENT.upper()}/.default"}, "profile-scope-itself"),
        ({"audiences": (CLIENT, "api://orders")}, "profile-scope-itself"),
        ({"audiences": ("api://billing",)}, "profile-scope-api"),
        ({"scope": "https://graph.microsoft.com/.default", "audiences": ("api://orders",)}, "profile-scope-api"),
        ({"scope": f"{API}/.default", "audiences": (TENANT,)}, "profile-scope-api"),
        ({"tenant": f"{TENANT} "}, "profile-hidden-characters"),
        ({"tenant": f"\u200b{TENANT}"}, "profile-hidden-characters"),
        ({"client_id": f'"{CLIENT}"'}, "profile-hidden-characters"),
        ({"client_id": f"{CLIENT}\n"}, "profile-hidden-characters"),
        ({"scope": "\u00a0api://orders/.default"}, "profile-hidden-characters"),
        ({"audiences": ("api://orders\u200b",)}, "profile-hidden-characters"),
        ({"secret": TENANT}, "profile-secret-id"),
        ({"secret": f"{SECRET} "}, "profile-secret-blanks"),
        ({"secret": f"{SECRET}\r\n"}, "profile-secret-blanks"),
        ({"secret": f"{SECRET[:20]}\u200b{SECRET[20:]}"}, "profile-secret-hidden"),
        ({"secret": f"{SECRET[:20]}\n{SECRET[20:]}"}, "profile-secret-hidden"),
        ({"secret": f'"{SECRET}"'}, "profile-secret-quotes"),
        ({"secret": f"“{SECRET}”"}, "profile-secret-quotes"),
        ({"secret": "s8Q*****************"}, "profile-secret-masked"),
        ({"secret": "••••••••"}, "profile-secret-masked"),
        ({"secret": SECRET.replace("-", "–")}, "profile-secret-ascii"),
        ({"secret": SECRET.replace("~", "%7E")}, "profile-secret-encoded"),
        ({"certificate": replace(CERTIFICATE, key_type="EC", key_bits=256)}, "profile-certificate-key"),
        ({"certificate": replace(CERTIFICATE, key_bits=2047)}, "profile-certificate-key"),
    ],
)
def test_each_oddity_gives_one_finding_with_four_sentences_and_both_sides(changes, code):
    (finding,) = findings(**changes)
    assert finding.check == code
    assert all(text.endswith(".") for text in (finding.what, finding.why, finding.do))
    assert None not in (finding.who, finding.expected, finding.actual)
    assert finding.source


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (NOW - 1, "The certificate has expired."),
        (NOW, "The certificate expires soon, in less than a day."),
        (NOW + 1, "The certificate expires soon, in less than a day."),
        (NOW + DAY, "The certificate expires soon, in 1 day."),
        (NOW + 30 * DAY - 1, "The certificate expires soon, in 29 days."),
        (NOW + 30 * DAY, None),
        (NOW + 30 * DAY + 1, None),
    ],
)
def test_the_end_of_a_certificate_is_told_thirty_days_ahead(end, expected):
    told = findings(certificate=replace(CERTIFICATE, not_after=end))
    assert [finding.what for finding in told] == ([expected] if expected else [])


@pytest.mark.parametrize(("start", "is_early"), [(NOW - 1, False), (NOW, False), (NOW + 1, True)])
def test_a_certificate_that_starts_later_is_told(start, is_early):
    told = findings(certificate=replace(CERTIFICATE, not_before=start))
    assert [finding.what for finding in told] == (["The certificate is not valid yet."] if is_early else [])


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"client_id": "orders-client"},
            (
                "The client ID does not look like an application ID.",
                "It is orders-client; an application ID is a GUID of 8-4-4-4-12 hexadecimal digits.",
                'Copy "Application (client) ID" from the overview of the app registration.',
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"client_id": "your-client-id"},
            (
                "The client ID is still the placeholder of an instruction.",
                "It is your-client-id, which stands for a value of your own.",
                "Enter the client ID of your app registration.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"client_id": TENANT},
            (
                "Client ID and tenant are the same.",
                f"Both are {TENANT}; an application and its tenant always have different IDs.",
                'Compare both with "Application (client) ID" and "Directory (tenant) ID" of the app registration.',
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"tenant": "common"},
            (
                "The tenant stands for many tenants, and an application asks in the name of one.",
                "The tenant is common; without a user, client credentials need the ID of one tenant.",
                'Enter "Directory (tenant) ID" from the overview of the app registration.',
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"tenant": "Contoso"},
            (
                "The tenant does not look like a tenant.",
                "It is Contoso; a tenant is a GUID, or a verified domain of the tenant.",
                'Enter "Directory (tenant) ID" from the overview of the app registration.',
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"scope": "api://orders/Orders.Read"},
            (
                "The identity provider would refuse this scope.",
                "The scope must end with /.default: an application gets the permissions it was granted, not chosen "
                "ones. It is api://orders/Orders.Read.",
                "Enter the API's Application ID URI followed by /.default, for example api://orders/.default.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"scope": f"api://{CLIENT}/.default"},
            (
                "The client asks for a token for itself, by URI.",
                f"The scope api://{CLIENT}/.default names the client {CLIENT} itself, which only its bare GUID may do.",
                f"Request the scope {CLIENT}/.default, or use a client registration that is not the API's own.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"audiences": ("api://billing",)},
            (
                "The scope asks for another API than the chosen one.",
                "The scope is api://orders/.default; the API accepts tokens for api://billing.",
                "Request the scope api://billing/.default, or choose the API that this scope belongs to.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"audiences": (API,)},
            (
                "Whether the scope asks for the chosen API cannot be told before a token is there.",
                f"The scope is api://orders/.default; the API accepts {API}; an API has a URI and a GUID.",
                "Get a token and look at its audience, or ask the API's owner for both names.",
                Owner.API_OWNER,
            ),
        ),
        (
            {"tenant": f"{TENANT}\u200b"},
            (
                "The tenant of this profile hides a blank, a line end, a quotation mark or an invisible character.",
                f"It is '{TENANT}‹U+200B›'; without them it is '{TENANT}', and the two are not equal for a computer.",
                "Type the value again, or paste it as plain text.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"secret": TENANT},
            (
                "The stored secret looks like the ID of a secret, not like its value.",
                "It has the form of a GUID (8-4-4-4-12 hexadecimal digits), as a secret's ID has and its value has "
                "not.",
                'Copy the column "Value"; it is shown only once, so make a new client secret when it is hidden by now.',
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"secret": f" {SECRET}"},
            (
                "The stored secret has blanks or line ends around it.",
                "They are sent as part of the secret, and the identity provider compares every character.",
                "Copy the secret's value again, without anything around it, and enter it here.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"secret": f"{SECRET[:20]}\n{SECRET[20:]}"},
            (
                "The stored secret has line ends or invisible characters in it.",
                "They are sent as part of the secret, and the identity provider compares every character.",
                "Copy the secret's value again, without anything around it, and enter it here.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"secret": f'"{SECRET}"'},
            (
                "The stored secret begins or ends with a quotation mark.",
                "Quotation marks belong to the file it was copied from, seldom to the secret.",
                "Copy the secret's value again, without anything around it, and enter it here.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"secret": "s8Q*****************"},
            (
                "The stored secret is masked.",
                "It consists of asterisks or dots, which portals show in place of a secret.",
                "Make a new client secret and copy its value at once; it is shown only once.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"secret": SECRET.replace("-", "–")},
            (
                "The stored secret has characters outside ASCII.",
                "Generated secrets have none; mail programs put typographic dashes and quotation marks in place of "
                "plain ones.",
                "Copy the secret's value again, without anything around it, and enter it here.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"secret": SECRET.replace("~", "%7E")},
            (
                "The stored secret seems to be percent-encoded already.",
                "It holds a percent sign with two hexadecimal digits; this console encodes the secret itself.",
                "Enter the secret as the portal shows it.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"certificate": replace(CERTIFICATE, not_after=NOW - 1)},
            (
                "The certificate has expired.",
                "It was valid until 2027-01-15 07:59:59 UTC; now it is 2027-01-15 08:00:00 UTC.",
                "Make a new certificate, register its public part, and replace the old one here.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"certificate": replace(CERTIFICATE, not_before=NOW + 1)},
            (
                "The certificate is not valid yet.",
                "It is valid from 2027-01-15 08:00:01 UTC; now it is 2027-01-15 08:00:00 UTC.",
                "Wait until then, compare the clock of the machine that made it, or make a new certificate.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"certificate": replace(CERTIFICATE, key_type="EC", key_bits=256)},
            (
                "The certificate's key cannot sign for this provider.",
                "It is EC 256 bits; Microsoft Entra ID takes RSA keys only.",
                "Make an RSA certificate of 2048 bits or more and register its public part.",
                Owner.INTEGRATOR,
            ),
        ),
        (
            {"certificate": replace(CERTIFICATE, key_bits=1024)},
            (
                "The certificate's key is weak.",
                "It is RSA 1024 bits; at least 2048 bits are wanted.",
                "Make an RSA certificate of 2048 bits or more and register its public part.",
                Owner.INTEGRATOR,
            ),
        ),
    ],
)
def test_the_whole_message_is_what_a_person_needs(changes, expected):
    (finding,) = findings(**changes)
    assert sentences(finding) == expected


def test_what_cannot_be_decided_is_unknown_and_no_fault():
    (finding,) = findings(audiences=(API,))
    assert finding.status is Status.UNKNOWN


def test_a_hidden_character_in_the_apis_own_values_is_its_owners_to_mend():
    (finding,) = findings(audiences=("api://orders\u200b",))
    assert (finding.who, finding.what) == (
        Owner.API_OWNER,
        "The audience that the API accepts hides a blank, a line end, a quotation mark or an invisible character.",
    )


def test_the_first_fault_does_not_hide_the_second():
    certificate = replace(CERTIFICATE, key_bits=1024, not_after=NOW - 1)
    told = codes(client_id="x", tenant="common", scope="", secret=f" {TENANT}", certificate=certificate)
    assert told == [
        "profile-client-id",
        "profile-tenant",
        "profile-scope",
        "profile-secret-id",
        "profile-secret-blanks",
        "profile-certificate-dates",
        "profile-certificate-key",
    ]


def test_the_scope_of_another_grant_is_not_judged_by_the_rules_of_this_one():
    for audiences in (None, ("api://billing",)):
        scope = "openid api://orders/Orders.Read"
        assert codes(grant="authorization_code", scope=scope, audiences=audiences) == []


@pytest.mark.parametrize(
    ("text", "shape", "words"),
    [
        ("", SecretShape(0, False, False, False, False, True), "0 characters"),
        ("a", SecretShape(1, False, False, False, False, True), "1 character"),
        (SECRET, SecretShape(40, False, False, False, False, True), "40 characters"),
        (TENANT, SecretShape(36, True, False, False, False, True), "36 characters: 8-4-4-4-12 hexadecimal groups"),
        (
            f'"{TENANT}"\n',
            SecretShape(39, True, True, False, True, True, is_encoded_in_basic=True),
            "39 characters: 8-4-4-4-12 hexadecimal groups, blanks or line ends around it, quotation marks around it",
        ),
        (
            "ab\u200bcé",
            SecretShape(5, False, False, True, False, False, is_encoded_in_basic=True),
            "5 characters: invisible characters in it, characters outside ASCII",
        ),
        (
            "***%41***",
            SecretShape(9, False, False, False, False, True, is_percent_encoded=True, is_encoded_in_basic=True),
            "9 characters: percent-encoded characters",
        ),
        (
            "*****",
            SecretShape(5, False, False, False, False, True, looks_masked=True, is_encoded_in_basic=True),
            "5 characters: mostly masked",
        ),
    ],
)
def test_the_shape_of_a_secret_is_told_in_words(text, shape, words):
    assert secret_shape(text) == shape
    assert secret_shape(text).describe() == words


@given(st.text(max_size=80))
def test_no_text_makes_a_check_raise(text):
    changes = {"tenant": text, "client_id": text, "scope": text, "secret": text, "audiences": (text,)}
    for finding in findings(**changes):
        assert finding.what.isprintable()


@given(st.text(alphabet="αβγδεζηθ", min_size=1, max_size=30))
def test_no_character_of_a_secret_is_told(secret):
    told = repr(findings(secret=secret)) + secret_shape(secret).describe() + repr(secret_shape(secret))
    assert not set(told) & set(secret)
