"""Catalogues of claims: who made a token, what its names mean there, and that none of Entra's claims is missing."""

import pathlib
import pkgutil
import re

import pytest

from console.core.tokens import catalogues
from console.core.tokens.catalogues import CATALOGUES, HEADER, entra, vocabulary_of
from console.core.tokens.catalogues.base import Catalogue, Shape
from console.core.tokens.claims import describe, describe_header, provider_of
from console.core.tokens.parse import parse
from console.core.tokens.values import in_words
from tests.core.tokens.wire import compact

ROOT = pathlib.Path(__file__).parents[3]
COPIED = ROOT / "tests/vectors/entra_claims.txt"
REFERENCE = ROOT.parent / "shared/reference/entra.md"
TENANT = "3aa4a235-b6e2-48d5-9195-7fcf05b459b0"
NOW = 1_900_000_000
ENTRA = {"iss": f"https://login.microsoftonline.com/{TENANT}/v2.0", "ver": "2.0"}
MASKINPORTEN = {"iss": "https://test.maskinporten.no/"}
TOKENX = {"iss": "https://tokenx.dev-gcp.nav.cloud.nais.io"}
IDPORTEN = {"iss": "https://idporten.no"}
KEYCLOAK = {"iss": "https://sso.example.com/realms/shop"}
AUTH0 = {"iss": "https://shop.eu.auth0.com/"}
OKTA = {"iss": "https://shop.okta.com/oauth2/default"}
WRONG = [None, True, 7, "", "x", [], [1], {}, {"a": 1}, [{"a": [None]}], {"roles": 1}, {"ID": 7}, {"act": {"act": 1}}]


def row(name, value, claims=()):
    rows = describe(parse(compact({**dict(claims), name: value})), NOW)
    return next(found for found in rows if found.name == name)


def copied():
    lines = COPIED.read_text("utf-8").splitlines()
    return [tuple(line.split(" ")) for line in lines if not line.startswith("#")]


def in_reference():
    text = REFERENCE.read_text("utf-8")
    section = text[text.index("### 3.2") : text.index("### 3.4")]
    found, part = [], "header"
    for line in section.splitlines():
        part = "payload" if line.startswith("### 3.3") else part
        if line.startswith("| ") and not line.startswith("| Claim"):
            cell = re.sub(r"\([^)]*\)", "", line.split("|")[1]).replace("…", "")
            found += [(part, name.strip()) for name in re.split("[,/]", cell) if name.strip()]
    return list(dict.fromkeys(found))


def test_every_claim_of_entra_has_an_entry_of_its_own():
    entries = {"header": set(HEADER.entries), "payload": {claim.name for claim in entra.CATALOGUE.claims}}
    assert [(part, name) for part, name in copied() if name not in entries[part]] == []
    assert len(copied()) > 70


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference pages are not beside this checkout")
def test_the_copied_list_of_entras_claims_is_that_of_the_reference():
    assert copied() == in_reference()


def test_every_catalogue_is_listed_and_names_stand_once():
    declared = [
        vars(__import__(f"{catalogues.__name__}.{module.name}", fromlist=["x"])).get("CATALOGUE")
        for module in pkgutil.iter_modules(catalogues.__path__)
    ]
    declared = [found for found in declared if isinstance(found, Catalogue) and found.code != "header"]
    assert {found.code for found in declared} == {found.code for found in CATALOGUES}
    for catalogue in CATALOGUES:
        names = [claim.name for claim in catalogue.claims]
        assert len(set(names)) == len(names), catalogue.code
        assert catalogue.title and catalogue.source


@pytest.mark.parametrize(
    ("claims", "provider"),
    [
        (ENTRA, "Microsoft Entra ID"),
        ({"iss": f"https://sts.windows.net/{TENANT}/"}, "Microsoft Entra ID"),
        ({"iss": f"https://login.microsoftonline.us/{TENANT}/v2.0"}, "Microsoft Entra ID"),
        ({"iss": f"http://localhost:8000/sandbox/a/{TENANT}/v2.0", "ver": "2.0"}, "Microsoft Entra ID"),
        ({"iss": f"http://localhost:8000/sandbox/a/sts/{TENANT}/", "ver": "1.0"}, "Microsoft Entra ID"),
        ({"iss": "https://a.example/v2.0"}, ""),
        ({"iss": f"https://shop.b2clogin.com/{TENANT}/v2.0/"}, "Azure AD B2C or Entra External ID"),
        ({"iss": f"https://login.shop.example/{TENANT}/v2.0/", "tfp": "B2C_1_in"}, "Azure AD B2C or Entra External ID"),
        ({"iss": f"https://{TENANT}.ciamlogin.com/{TENANT}/v2.0"}, "Azure AD B2C or Entra External ID"),
        (MASKINPORTEN, "Maskinporten"),
        ({"iss": "https://maskinporten.no/"}, "Maskinporten"),
        ({"iss": "https://evilmaskinporten.no/"}, ""),
        (TOKENX, "TokenX"),
        ({"iss": "http://localhost/tokenx", "idp": "x", "client_id": "c:n:a", "aud": "c:n:b"}, "TokenX"),
        (IDPORTEN, "ID-porten"),
        ({"iss": "https://test.idporten.no"}, "ID-porten"),
        (KEYCLOAK, "Keycloak"),
        ({"iss": "https://a.example", "realm_access": {"roles": []}}, "Keycloak"),
        (AUTH0, "Auth0"),
        ({"iss": "https://login.shop.example/", "gty": "client-credentials"}, "Auth0"),
        ({"iss": "https://login.shop.example/", "sub": "abc@clients"}, "Auth0"),
        (OKTA, "Okta"),
        ({"iss": "https://login.shop.example", "cid": "a", "scp": ["b"]}, "Okta"),
        ({"iss": "https://a.example", "cid": "a", "scp": "b"}, ""),
        ({}, ""),
        ({"iss": 7}, ""),
        ({"iss": "https://[broken"}, ""),
    ],
)
def test_the_provider_is_told_by_issuer_and_claims(claims, provider):
    assert provider_of(parse(compact(claims))) == provider


@pytest.mark.parametrize("value", WRONG)
def test_any_value_in_any_claim_is_survived(value):
    for catalogue in CATALOGUES:
        for claim in catalogue.claims:
            assert isinstance(in_words(value, claim, NOW), str)
    everywhere = {name: value for catalogue in CATALOGUES for name in (claim.name for claim in catalogue.claims)}
    vocabulary_of(everywhere)


def test_the_same_name_means_what_its_issuer_means_by_it():
    assert row("idp", "https://idporten.no", TOKENX).meaning.startswith("Who authenticated the citizen")
    assert row("idp", "https://a.example", ENTRA).meaning.startswith("Who authenticated the subject; the issuer itself")
    assert row("acr", "1", KEYCLOAK).human == "by a sign-in of this session"
    assert row("acr", "1", ENTRA).human == "password or better"
    assert row("acr", "idporten-loa-high", IDPORTEN).human == "high (formerly Level4)"
    assert row("scp", ["a", "b"], OKTA).meaning == "What the client may do: a list, not a text."
    assert row("roles", ["a"], {"iss": "https://a.example"}).source == "OAuth 2.0 access token"


def test_a_name_known_elsewhere_only_says_where_and_a_strange_one_is_unknown():
    known = row("tid", TENANT, KEYCLOAK)
    assert (known.meaning, known.source, known.is_unknown) == (
        "At Microsoft Entra ID: Tenant that issued the token; it must fit the issuer.",
        "Microsoft Entra ID",
        False,
    )
    strange = row("shoe_size", 43, ENTRA)
    assert (strange.meaning, strange.source, strange.is_unknown) == ("", "", True)


@pytest.mark.parametrize(
    ("claims", "name", "is_known"),
    [
        (ENTRA, "xms_new", True),
        (ENTRA, "extn.shoe_size", True),
        (ENTRA, "shoe_size", False),
        (KEYCLOAK, "xms_new", False),
        (AUTH0, "https://shop.example/roles", True),
        (OKTA, "https://shop.example/roles", False),
    ],
)
def test_a_prefix_explains_names_of_its_provider_only(claims, name, is_known):
    assert row(name, "x", claims).is_unknown is not is_known


ORGANISATION = {"authority": "iso6523-actorid-upis", "ID": "0192:999888777"}
SPOKEN = [
    (MASKINPORTEN, "iss", MASKINPORTEN["iss"], "Maskinporten, test environment"),
    (MASKINPORTEN, "consumer", ORGANISATION,
     "Norwegian organisation number 999888777 (ISO 6523: 0192 is Norway's register)"),
    (MASKINPORTEN, "supplier", {"authority": "iso6523-actorid-upis", "id": "0192:999888777"},
     "Norwegian organisation number 999888777 (ISO 6523: 0192 is Norway's register)"),
    (MASKINPORTEN, "consumer", {"ID": "0192:12"},
     "Norwegian organisation number 12 (not nine digits) (ISO 6523: 0192 is Norway's register)"),
    (MASKINPORTEN, "consumer", {"ID": "0007:5567321707"}, "organisation 5567321707 in the register 0007 (ISO 6523)"),
    (MASKINPORTEN, "consumer", {"authority": "ETSI", "ID": "NTRSE-5567321707"},
     "organisation 5567321707 in the trade register of SE"),
    (MASKINPORTEN, "consumer", {"ID": "x"}, "organisation x"),
    (MASKINPORTEN, "consumer", {}, ""),
    (MASKINPORTEN, "client_amr", "virksomhetssertifikat", "with an enterprise certificate"),
    (MASKINPORTEN, "authorization_details", [{"type": "urn:altinn:systemuser"}], "urn:altinn:systemuser"),
    (TOKENX, "idp", "https://test.idporten.no", "ID-porten, test environment"),
    (TOKENX, "client_id", "dev-gcp:team-b:frontend", "application frontend of team-b in the cluster dev-gcp"),
    (TOKENX, "aud", "dev-gcp:team-a:api", "application api of team-a in the cluster dev-gcp"),
    (TOKENX, "aud", "dev-gcp::api", ""),
    (TOKENX, "acr", "Level4", "high (today idporten-loa-high)"),
    (TOKENX, "amr", "TestID", "TestID (synthetic citizens of the test environment)"),
    (IDPORTEN, "acr", "idporten-loa-substantial", "substantial (formerly Level3)"),
    (IDPORTEN, "amr", ["BankID Mobil"], "BankID on the phone"),
    (ENTRA, "acct", 1, "a guest"),
    (ENTRA, "acct", "0", "a member of the tenant"),
    (ENTRA, "acct", True, ""),
    (ENTRA, "pwd_exp", 90, "in 1 minute 30 seconds"),
    (ENTRA, "xms_cc", ["CP1"],
     "claims challenges (continuous access evaluation), so the token may live up to 28 hours"),
    (ENTRA, "_claim_names", {"groups": "src1"}, "left out because there are too many (more than 200): groups"),
    (ENTRA, "_claim_sources", {"src1": {"endpoint": "https://graph.windows.net/t/users/u/getMemberObjects"}},
     "the address is one of the retired Azure AD Graph: ask Microsoft Graph instead"),
    (ENTRA, "hasgroups", True, "the groups are left out; ask Microsoft Graph for them (/me/getMemberObjects)"),
    (ENTRA, "hasgroups", False, ""),
    (ENTRA, "groups", ["a"] * 199, "199 groups"),
    (ENTRA, "groups", ["a"] * 200,
     "200 groups: at the limit; with one more, a reference takes the place of the list"),
    (ENTRA, "iss", ENTRA["iss"], f"Microsoft Entra, version 2.0, tenant {TENANT}"),
    ({}, "iss", f"{ENTRA['iss']}/", ""),
    (KEYCLOAK, "iss", KEYCLOAK["iss"], "Keycloak, realm shop"),
    (KEYCLOAK, "typ", "Refresh", "a refresh token, not for an API"),
    (KEYCLOAK, "realm_access", {"roles": ["a", "b"]}, "2 roles: a, b"),
    (KEYCLOAK, "realm_access", {"roles": list("abcdefg")}, "7 roles: a, b, c, d, e and 2 more"),
    (KEYCLOAK, "resource_access", {"shop": {"roles": ["a"]}, "account": {}}, "shop: 1 role: a; account: no roles"),
    (AUTH0, "sub", "auth0|1", "a user of the connection auth0"),
    (AUTH0, "sub", "abc@clients", "an application, no user"),
    (AUTH0, "gty", "client-credentials", "client credentials: no user"),
    (OKTA, "ver", 1, "the only version"),
    ({}, "cnf", {"jkt": "a"}, "bound to a DPoP key: each request needs a proof by it"),
    ({}, "cnf", {"x5t#S256": "a"},
     "bound to a client certificate: only the connection that shows it may use the token"),
    ({}, "act", {"sub": "a", "act": {"client_id": "b"}}, "a, before that b"),
]  # fmt: skip


@pytest.mark.parametrize(("claims", "name", "value", "human"), SPOKEN)
def test_values_are_said_in_words(claims, name, value, human):
    assert row(name, value, claims).human == human


def test_a_value_that_hides_characters_is_said_with_them_visible():
    assert "‹U+202E›" in row("client_id", "a:b:c\u202e", TOKENX).human


def test_every_shape_that_a_catalogue_uses_is_spoken_or_plain():
    used = {claim.shape for catalogue in CATALOGUES for claim in catalogue.claims}
    assert used >= set(Shape) - {Shape.TEXT}


def test_claims_repeated_in_a_header_are_not_explained_as_header_parameters():
    found = {row.name: row for row in describe_header(parse(compact("{}", {"alg": "HS256", "tid": "x"})), NOW)}
    assert found["tid"].is_unknown
    assert found["alg"].source == "Header of a token"
