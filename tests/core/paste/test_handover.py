"""What is picked out of the texts in which registrations are handed over."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.credential import Secret
from console.core.paste.handover import MAX_LENGTH, Handover, read_handover
from console.core.paste.labels import Part, part_of
from console.core.providers.entra_clouds import CLOUDS

CLIENT = "f73ba7f2-5bf9-44b5-b82c-e4b191a80c41"
TENANT = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
API = "5f5d6e0a-3f0b-4d33-9d1f-6a7a3c1c2b10"
SECRET_ID = "3c9d1f7e-0a2b-4c4d-8e5f-6a7b8c9d0e1f"
SECRET = "s8Q~7dJ2.kP_x-1mN4vB6cX8zL0qW3eR5tY7uI9-"
KEY = "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
LOGIN = "https://login.microsoftonline.com"
TOKEN_URL = f"{LOGIN}/{TENANT}/oauth2/v2.0/token"
SCOPE = "api://orders/.default"
BASE = "https://api.example.com/orders"

EVERYTHING = {
    "tenant": TENANT,
    "cloud": "global",
    "client_id": CLIENT,
    "scope": SCOPE,
    "base_url": BASE,
    "subscription_key": Secret(KEY),
    "client_secret": Secret(SECRET),
}

MAIL = f"""Hi,

here is what you need to call the Orders API (test):

  * Application (client) ID: {CLIENT}
  * Directory (tenant) ID:   {TENANT}
  * Client secret: {SECRET}  (valid until 2027-05-01)
  * Secret ID: {SECRET_ID}
  * Token URL: {TOKEN_URL}
  * Scope: {SCOPE}
  * Base URL: {BASE}/
  * Ocp-Apim-Subscription-Key: {KEY}

Questions? See https://docs.example.com/help or write to api@contoso.onmicrosoft.com.
"""
PORTAL = f"""Application (client) ID
:
{CLIENT}
Copy to clipboard
Object ID
:
{SECRET_ID}
Directory (tenant) ID
:
{TENANT}
Authority
{LOGIN}/{TENANT}
Application ID URI
api://orders
Endpoint
{BASE}
Primary key
{KEY}
Description\tExpires\tValue\tSecret ID
console\t5/1/2027\t{SECRET}\t{SECRET_ID}
"""
CURL = f"""Get a token like this:

curl -X POST '{TOKEN_URL}' \\
  -H 'Content-Type: application/x-www-form-urlencoded' \\
  --data-urlencode 'client_id={CLIENT}' \\
  --data-urlencode "client_secret={SECRET}" \\
  -d scope=api%3A%2F%2Forders%2F.default -d grant_type=client_credentials

and call: curl "{BASE}?subscription-key=x" -H "Ocp-Apim-Subscription-Key: {KEY}" -H 'Authorization: Bearer ...'
"""
CURL_ONE_BODY = (
    f'curl {TOKEN_URL} -d "grant_type=client_credentials&client_id={CLIENT}&client_secret='
    f'{SECRET}&scope=api%3A%2F%2Forders%2F.default"\ncurl --url={BASE} -H"ocp-apim-subscription-key:{KEY}"'
)
SETTINGS = json.dumps(
    {
        "AzureAd": {"Instance": f"{LOGIN}/", "TenantId": TENANT, "ClientId": CLIENT, "ClientSecret": SECRET},
        "OrdersApi": {"BaseUrl": BASE, "Scopes": [SCOPE], "SubscriptionKey": KEY, "Retries": 3},
    }
)
POSTMAN = json.dumps(
    {
        "values": [
            {"key": "token_url", "value": TOKEN_URL},
            {"key": "client_id", "value": CLIENT},
            {"key": "client_secret", "value": SECRET},
            {"key": "scope", "value": SCOPE},
            {"key": "base_url", "value": BASE},
            {"key": "apim_key", "value": KEY},
        ]
    },
    indent=2,
)
ENVIRONMENT = f"""# orders
export AZURE_CLIENT_ID={CLIENT}
AZURE_TENANT_ID="{TENANT}"
$env:AZURE_CLIENT_SECRET = '{SECRET}'
AZURE_AUTHORITY={LOGIN}/{TENANT}
SCOPE={SCOPE}
API_BASE_URL={BASE}
set SUBSCRIPTION_KEY={KEY}
"""
YAML = f"""azure:
  client-id: "{CLIENT}"
  tenant-id: {TENANT}
  client-secret: '{SECRET}'   # rotate in May
  authority: {LOGIN}/{TENANT}
  scopes:
    - {SCOPE}
orders:
  endpoint: {BASE}
  subscription-key: {KEY}
"""
MARKDOWN = f"""| Name | Wert |
|---|---|
| **Anwendungs-ID (Client)** | `{CLIENT}` |
| Verzeichnis-ID (Mandant) | {TENANT} |
| Geheimer Clientschlüssel | {SECRET} |
| Geheimnis-ID | {SECRET_ID} |
| Token-Endpunkt | {TOKEN_URL} |
| Geltungsbereich | {SCOPE} |
| Basis-URL | {BASE} |
| Abonnementschlüssel | {KEY} |
"""
NORWEGIAN = f"""Hei! Program-ID (klient): {CLIENT}
Katalog-ID (leier): {TENANT}
Klienthemmelighet: {SECRET}
Token-endepunkt: {TOKEN_URL}
Omfang: {SCOPE}
Grunnadresse: {BASE}
Abonnementsnøkkel: {KEY}
"""
HTTP = f"""POST /{TENANT}/oauth2/v2.0/token HTTP/1.1
Host: login.microsoftonline.com
Content-Type: application/x-www-form-urlencoded

client_id={CLIENT}&scope=api%3A%2F%2Forders%2F.default&client_secret={SECRET}&grant_type=client_credentials

GET {BASE}
API URL: {BASE}
Ocp-Apim-Subscription-Key: {KEY}
"""
ONE_LINE = (
    f"Client ID: {CLIENT}, Tenant ID: {TENANT}, Client secret: {SECRET}, Scope: {SCOPE}, "
    f"Authority: {LOGIN}/{TENANT}, Endpoint: {BASE}, Primary key: {KEY}"
)
FORMS = {
    "mail": MAIL,
    "portal": PORTAL,
    "curl": CURL,
    "curl, one body": CURL_ONE_BODY,
    "settings": SETTINGS,
    "postman": POSTMAN,
    "environment": ENVIRONMENT,
    "yaml": YAML,
    "table in German": MARKDOWN,
    "mail in Norwegian": NORWEGIAN,
    "http": HTTP,
    "one line": ONE_LINE,
}


def fields(found):
    return {name: getattr(found, name) for name in EVERYTHING}


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_everything_is_found_in_each_form_in_which_it_is_handed_over(text):
    assert fields(read_handover(text)) == EVERYTHING
    assert fields(read_handover(text.replace("\n", "\r\n"))) == EVERYTHING
    assert fields(read_handover("".join(f"> {line}\n" for line in text.splitlines()))) == EVERYTHING


@pytest.mark.parametrize("text", [MAIL, PORTAL, CURL, SETTINGS, POSTMAN, YAML, NORWEGIAN])
def test_a_plain_hand_over_needs_no_notes(text):
    assert read_handover(text).notes == ()


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (f"clientId={CLIENT}", "client_id", CLIENT),
        (f"Your client ID is {CLIENT}.", "client_id", CLIENT),
        (f"Client ID for test: {CLIENT}", "client_id", CLIENT),
        (f"Client-ID - {CLIENT}", "client_id", CLIENT),
        (f"AppId: {{{CLIENT}}}", "client_id", CLIENT),
        (f"client id:\u200b{CLIENT}\ufeff", "client_id", CLIENT),
        (f"Client ID\tTenant ID\n{CLIENT}\t{TENANT}", "tenant", TENANT),
        (f"Application (client) ID\n\n{CLIENT}", "client_id", CLIENT),
        (f"Client ID: {CLIENT.upper()}", "client_id", CLIENT.upper()),
        ("Client ID: see the other mail", "client_id", ""),
        ("Client ID: 00000000-0000-0000-0000-000000000000", "client_id", ""),
        (f"Object ID: {CLIENT}", "client_id", ""),
        ("Tenant: contoso.onmicrosoft.com", "tenant", "contoso.onmicrosoft.com"),
        ("Log in at contoso.onmicrosoft.com please", "tenant", "contoso.onmicrosoft.com"),
        ("Write to someone@contoso.onmicrosoft.com", "tenant", ""),
        ("Tenant: Contoso", "tenant", ""),
        (f"Tenant: contoso.com\nAuthority: {LOGIN}/{TENANT}", "tenant", TENANT),
        (TOKEN_URL, "tenant", TENANT),
        (f"{LOGIN}/contoso.com/oauth2/token", "tenant", "contoso.com"),
        (f"https://sts.windows.net/{TENANT}/", "tenant", TENANT),
        (f"login.microsoftonline.com/{TENANT}", "tenant", TENANT),
        (f"https://console.example/sandbox/abc/{TENANT}/oauth2/v2.0/token", "tenant", TENANT),
        (f"{LOGIN}/common/oauth2/v2.0/token", "tenant", ""),
        (TOKEN_URL, "cloud", "global"),
        (f"https://login.microsoftonline.us/{TENANT}", "cloud", "usgov"),
        (f"https://login.partner.microsoftonline.cn/{TENANT}", "cloud", "china"),
        (f"https://login.chinacloudapi.cn/{TENANT}", "cloud", "china"),
        (f"https://login.microsoftonline.de/{TENANT}", "cloud", ""),
        (f"https://login.microsoftonline.com.evil.example/{TENANT}", "cloud", ""),
        (f"Tenant ID: {TENANT}", "cloud", ""),
        ("Scope: api://orders", "scope", SCOPE),
        (f"Scope: {API}", "scope", f"{API}/.default"),
        (f"Scope: api://contoso.com/{API}", "scope", f"api://contoso.com/{API}/.default"),
        ("Scope: https://graph.microsoft.com", "scope", "https://graph.microsoft.com/.default"),
        ("Scope: api://orders/Orders.Read", "scope", "api://orders/Orders.Read"),
        ("Scope: api://a/.default api://b/.default", "scope", "api://a/.default api://b/.default"),
        ("The scope is api://orders/.default.", "scope", SCOPE),
        ("Application ID URI: api://orders/", "scope", SCOPE),
        ("Resource: https://api.example.com/orders", "scope", "https://api.example.com/orders/.default"),
        (f"Audience: {API}", "scope", f"{API}/.default"),
        (f"API client ID: {API}", "scope", f"{API}/.default"),
        (f"API client ID: {API}", "client_id", ""),
        (f"App ID URI: {TOKEN_URL}", "scope", ""),
        ("Ask for api://orders in the portal", "scope", SCOPE),
        ("Audience: api://other\nScope: api://orders/.default", "scope", SCOPE),
        ("Out of scope: billing", "scope", ""),
        ("Base URL: https://user:pass@api.example.com/orders/?key=1", "base_url", BASE),
        (f"API: {BASE}", "base_url", BASE),
        ("API: Orders, version 2", "base_url", ""),
        (f"Endpoint: {TOKEN_URL}", "base_url", ""),
        ("Endpoint: http://[broken", "base_url", ""),
        ("Base URL: //api.example.com", "base_url", ""),
        ("See https://docs.example.com", "base_url", ""),
        (f"Secondary key: {KEY}", "subscription_key", Secret(KEY)),
        (f"Secondary key: abcdef0123456789\nPrimary key: {KEY}", "subscription_key", Secret(KEY)),
        (f"Subscription ID: {API}", "subscription_key", None),
        ("Subscription key: sent separately", "subscription_key", None),
        (f"Secret value: {SECRET}", "client_secret", Secret(SECRET)),
        (f"Secret value: “{SECRET}”", "client_secret", Secret(SECRET)),
        (f"Client secret: {SECRET} (test only)", "client_secret", Secret(SECRET)),
        (f'{{"appId": "{CLIENT}", "password": "{SECRET}", "tenant": "{TENANT}"}}', "client_secret", Secret(SECRET)),
        (f'{{"secret": {{"id": "{SECRET_ID}", "value": "{SECRET}"}}}}', "client_secret", Secret(SECRET)),
        (f"PFX password: {SECRET}", "client_secret", None),
        (f"Secret ID: {SECRET_ID}", "client_secret", None),
        (f"Client secret ID: {SECRET_ID}", "client_secret", None),
        (f"Client Secret (ID): {SECRET_ID}", "client_secret", None),
        ("Client secret expires: 2027-05-01", "client_secret", None),
        ("Client secret: s8Q*****************", "client_secret", None),
        ("Client secret: <your secret>", "client_secret", None),
        ("Client secret: ${CLIENT_SECRET}", "client_secret", None),
        ("Client secret: in the other mail", "client_secret", None),
        ("Please keep the client secret\nconfidential", "client_secret", None),
        (f"curl {TOKEN_URL} -u {CLIENT}:{SECRET}", "client_secret", Secret(SECRET)),
        (f"curl {TOKEN_URL} -d client_secret=a%2Bb%3D0123456", "client_secret", Secret("a+b=0123456")),
        (f"curl {TOKEN_URL} --data-urlencode client_secret=a+b%3D0123", "client_secret", Secret("a+b%3D0123")),
        (f'curl {TOKEN_URL} -d \'{{"client_secret":\n"{SECRET}"}}\'', "client_secret", Secret(SECRET)),
        (f"It isn't hard: curl {TOKEN_URL} -d 'client_id={CLIENT}", "client_id", CLIENT),
        (f"curl {TOKEN_URL} ^\n -d client_id={CLIENT}", "client_id", CLIENT),
    ],
)
def test_each_part_is_told_from_what_only_looks_like_it(text, name, expected):
    assert getattr(read_handover(text), name) == expected


@pytest.mark.parametrize(
    ("text", "note"),
    [
        (
            CLIENT,
            "The ID that begins with f73ba7f2 stands without a known label: it may be the client ID, the tenant or the "
            "API's ID, so enter it where it belongs.",
        ),
        (f"Client ID: {CLIENT}\nClient ID: {API}", "The text names more than one client ID; the first was taken."),
        (f"Tenant: {API}\n{TOKEN_URL}", "The text names more than one tenant; the first was taken."),
        ("Client ID: orders", "A client ID is mentioned, but not as a GUID: enter it by hand."),
        (f"Secret ID: {SECRET_ID}", "The text holds the ID of a secret, not its value: ask for the value."),
        (
            f"Client secret: {SECRET_ID}",
            "The client secret in the text looks like the ID of a secret, so it was not taken: ask for its value.",
        ),
        (
            f"{LOGIN}/common/oauth2/v2.0/token",
            "The address names no tenant but common: ask for the Directory (tenant) ID.",
        ),
        (
            f"https://login.microsoftonline.de/{TENANT}",
            "The host login.microsoftonline.de belongs to a cloud that this console has no provider for.",
        ),
        (
            f"https://id.example/{TENANT}/oauth2/v2.0/token",
            "The host id.example is of no known Entra cloud: choose the provider yourself.",
        ),
        (
            "Authority: https://contoso.ciamlogin.com/",
            "contoso.ciamlogin.com belongs to an external tenant or B2C, which this console has no provider for.",
        ),
        (f"Client ID: {CLIENT}\u200b", "Invisible characters in the text were left out."),
        ("x" * (MAX_LENGTH + 1), "Only the first 65,536 characters of the text were read."),
    ],
)
def test_what_is_doubtful_is_told(text, note):
    assert read_handover(text).notes == (note,)


WORKSPACE = "https://console.example/sandbox/abc"


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (f"Base URL: {BASE}\ncurl {BASE}/v1/list?x=1 -H 'X: y'", "base_url", BASE),
        (f"Base URL: {BASE}\ncurl {BASE}/v1/list?x=1 -H 'X: y'", "sample_path", "/v1/list"),
        (f"curl {BASE}/v1\nBase URL: {BASE}", "base_url", BASE),
        (f"curl {BASE}/v1", "base_url", f"{BASE}/v1"),
        ("APIM URL: https://apim-acc.contoso.example/orders", "base_url", "https://apim-acc.contoso.example/orders"),
        ("Orders service address: https://a.example/o", "base_url", "https://a.example/o"),
        (f"Orders service address: https://a.example/o\nBase URL: {BASE}", "base_url", BASE),
        ("Swagger URL: https://a.example/swagger", "base_url", ""),
        ("Redirect URI: https://a.example/cb", "base_url", ""),
        (f"Client secret: {SECRET_ID}", "client_secret", None),
        (f"Token URL: {WORKSPACE}/{TENANT}/oauth2/v2.0/token", "is_sandbox", True),
        (f"Token URL: {WORKSPACE}x/{TENANT}/oauth2/v2.0/token", "is_sandbox", False),
        (f"Token URL: {TOKEN_URL}", "is_sandbox", False),
        ("Base URL: https://api-acc.contoso.example/orders/v1", "environment", "acceptance"),
        ("Base URL: https://api-acc.contoso.example/orders/v1", "name", "Orders (acceptance)"),
        ("Base URL: https://api.contoso.example/billing\nThis is for (test)", "name", "Billing (test)"),
        ("Base URL: https://orders.api.contoso.example", "name", "Orders"),
        ("Base URL: https://api.example.com/v2", "name", "Example"),
        ("This is for (test)", "name", ""),
        ("The latest (news)", "environment", ""),
    ],
)
def test_the_api_and_the_provider_are_told_from_what_stands_beside_them(text, name, expected):
    assert getattr(read_handover(text, sandbox=WORKSPACE), name) == expected


@pytest.mark.parametrize("text", FORMS.values(), ids=FORMS)
def test_each_value_is_shown_with_its_line_and_no_line_shows_a_secret(text):
    lines = read_handover(text).lines
    assert set(lines) == {"tenant", "client_id", "scope", "api_base_url", "secret", "key"}
    assert CLIENT in lines["client_id"]
    told = " ".join(lines.values())
    assert SECRET not in told
    assert KEY not in told


def test_a_text_of_exactly_the_limit_is_read_whole():
    text = f"Client ID: {CLIENT}".rjust(MAX_LENGTH)
    assert read_handover(text) == Handover(client_id=CLIENT)


@pytest.mark.parametrize("text", ["", " ", "Hello", "a: b", "{}", "[]", "null", "curl", "curl '", "http://[", "\x00"])
def test_a_text_without_anything_gives_nothing(text):
    assert read_handover(text) == Handover()


def test_every_cloud_that_can_be_chosen_is_read_from_its_login_address():
    read = {code: read_handover(f"{base}/{TENANT}/oauth2/v2.0/token").cloud for code, (_, base) in CLOUDS.items()}
    assert read == {code: code for code in CLOUDS}


def test_no_secret_shows_in_the_repr_or_in_a_note():
    for text in FORMS.values():
        doubled = f"{text}\nClient secret: {SECRET}2\nPrimary key: {KEY}2"
        shown = repr(read_handover(doubled))
        assert SECRET not in shown
        assert KEY not in shown
        assert "more than one client secret" in shown


@pytest.mark.parametrize(
    ("label", "part"),
    [
        ("Application (client) ID", Part.CLIENT_ID),
        ("AzureAd__ClientId", Part.CLIENT_ID),
        ("Application ID URI", Part.RESOURCE),
        ("Secret value", Part.SECRET),
        ("Client secret (value)", Part.SECRET),
        ("Client secret ID", Part.SECRET_ID),
        ("Help URL", None),
        ("", None),
    ],
)
def test_a_label_is_known_by_its_words(label, part):
    assert part_of(label) == part


PIECES = st.sampled_from(
    [
        *" :\\|{}\"'/[]>`0é,&=\n\t\u200b\ud800",
        *("curl ", "-d ", "-u ", "client_id=", "client_secret=", "Client secret: ", "Scope", "Secret ID", "Value"),
        *("https://", "http://[", "login.microsoftonline.com", "oauth2", "api://", "/.default", "%2F", "; ", "\\\n"),
        CLIENT,
    ]
)


@given(st.text(max_size=300) | st.lists(PIECES, max_size=40).map("".join))
def test_no_text_makes_it_raise(text):
    found = read_handover(text)
    assert found.cloud in {"", *CLOUDS}
    assert all(note.endswith(".") for note in found.notes)
    assert not any(character.isspace() for character in found.tenant + found.client_id + found.base_url)
