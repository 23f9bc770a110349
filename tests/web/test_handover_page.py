"""From the mail to a profile that can call, in one save: what was read, from which line, with its API and its key."""

import html
import re

import pytest

from console.core.api import Api
from console.core.credential import CredentialKind, Secret
from console.services import apis, opening, profiles, sandbox
from tests.services.builders import person
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db

CLIENT, TENANT = "f73ba7f2-5bf9-44b5-b82c-e4b191a80c41", "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
SECRET, KEY = "s8Q~7dJ2.kP_x-1mN4vB6cX8zL0qW3eR5tY7uI9-", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
MAIL = f"""Hi, this is for ACC.
Client ID: {CLIENT}
Token URL: https://login.microsoftonline.com/{TENANT}/oauth2/v2.0/token
Client secret: {SECRET}
Scope: api://orders/.default
Base URL: https://api-acc.contoso.example/orders/v1
Ocp-Apim-Subscription-Key: {KEY}

curl https://api-acc.contoso.example/orders/v1/orders -H "Ocp-Apim-Subscription-Key: {KEY}"
"""


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.replace("<wbr>", ""))).split())


def filled_in(text):
    """What a browser would send back of the form of the page."""
    form = text[text.index('id="form"') :]
    inputs = re.findall(r"<input([^>]*)>", form)
    sent = {}
    for attributes in inputs:
        held = dict(re.findall(r'([\w-]+)="([^"]*)"', attributes))
        if held.get("type") == "checkbox" and "checked" not in attributes:
            continue
        if "name" in held:
            sent[held["name"]] = html.unescape(held.get("value", "on"))
    for name, options in re.findall(r'<select name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
        sent[name] = chosen[1]
    sent.pop("csrfmiddlewaretoken", None)
    return sent


@pytest.fixture
def integrator():
    actor = person()
    return actor, signed_in(actor)


def pasted(client, text=MAIL):
    answer = client.post("/profiles/hand-over/", {"handover": text})
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_save_makes_the_profile_its_api_and_keeps_secret_and_key(integrator):
    actor, client = integrator
    shown = pasted(client)
    assert SECRET not in shown
    assert KEY not in shown
    answer = client.post("/profiles/new/", filled_in(shown))
    assert answer.status_code == 302
    (profile,) = profiles.list_profiles(actor)
    api = apis.get(actor, "view", profile.api_id)
    assert (profile.name, profile.environment) == ("Orders (acceptance)", "acceptance")
    assert (api.name, api.base_url) == ("Orders (acceptance)", "https://api-acc.contoso.example/orders/v1")
    assert profile.credential.kind is CredentialKind.SECRET
    assert profiles.subscription_key_for(opening.of_profile(actor, "use", profile.id)).reveal() == KEY


def test_each_part_stands_beside_the_line_it_was_read_from(integrator):
    shown = words(pasted(integrator[1]))
    assert "https://api-acc.contoso.example/orders/v1 Base URL: https://api-acc.contoso.example/orders/v1" in shown
    assert f"{CLIENT} Client ID: {CLIENT}" in shown
    assert "Client secret found; kept sealed until you save the profile Client secret: ***" in shown
    told = words(pasted(integrator[1], f"Client ID: {CLIENT}"))
    assert "Tenant not found in the text: enter it below" in told


def test_what_is_wrong_with_the_new_api_is_told_and_nothing_typed_or_found_is_lost(integrator):
    actor, client = integrator
    sent = {**filled_in(pasted(client)), "api_base_url": "ftp://api.example"}
    for headers in (None, HTMX):
        answer = client.post("/profiles/new/", sent, headers=headers)
        again = filled_in('id="form"' + answer.content.decode())
        assert answer.status_code == 422
        assert (again["api_base_url"], again["client_id"], again["found"]) == (
            "ftp://api.example",
            CLIENT,
            sent["found"],
        )
    assert profiles.list_profiles(actor) == []
    without = {name: value for name, value in sent.items() if name != "makes_api"}
    assert client.post("/profiles/new/", without).status_code == 302
    assert profiles.list_profiles(actor)[0].api_id is None
    assert apis.list_apis(actor) == []


def test_an_api_that_is_here_is_chosen_and_not_made_again(integrator):
    actor, client = integrator
    made = apis.create(actor, Api(id="", owner_id=0, name="Orders", base_url="https://api-acc.contoso.example/orders"))
    shown = pasted(client)
    assert "api_base_url" not in shown
    client.post("/profiles/new/", filled_in(shown))
    assert profiles.list_profiles(actor)[0].api_id == made.id


def test_the_token_url_of_the_own_sandbox_names_the_sandbox(integrator):
    actor, client = integrator
    shown = pasted(
        client, f"Client ID: {CLIENT}\nToken URL: {sandbox.workspace(actor).base}/{TENANT}/oauth2/v2.0/token"
    )
    assert filled_in(shown)["provider"] == "sandbox"


def test_a_key_entered_before_there_was_an_api_goes_to_the_first_one_and_to_no_later_one(integrator):
    actor, client = integrator
    sent = {name: value for name, value in filled_in(pasted(client)).items() if not name.startswith(("api_", "makes"))}
    client.post("/profiles/new/", sent)
    (profile,) = profiles.list_profiles(actor)
    first, second = (
        apis.create(actor, Api(id="", owner_id=0, name=name, base_url=f"https://{name}.example")) for name in ("a", "b")
    )
    edited = {name: value for name, value in sent.items() if name != "found"}
    edit = f"/profiles/{profile.id}/edit/"
    told = client.post(edit, {**edited, "api_id": first.id, "version": str(profile.version)}, follow=True)
    profile = profiles.open_profile(actor, "use", profile.id)
    assert "The stored subscription key is now for a." in words(told.content.decode())
    assert profiles.subscription_key_for(opening.of_profile(actor, "use", profile.id)) == Secret(KEY)
    told = client.post(edit, {**edited, "api_id": second.id, "version": str(profile.version)}, follow=True)
    assert "the stored subscription key was discarded" in words(told.content.decode())
    assert profiles.subscription_key_for(opening.of_profile(actor, "use", profile.id)) is None


def test_the_heading_says_how_much_was_found_and_the_paste_is_folded():
    answer = signed_in(person()).post("/profiles/hand-over/", {"handover": f"Client ID: {CLIENT}"}).text
    assert "<h1>1 of 6 parts were found</h1>" in answer
    assert answer.index("handover-read") < answer.index("Paste another text")
    assert "<p>Enter a name, correct what is wrong below, and save.</p>" in answer


@pytest.mark.parametrize(
    ("pasted", "first"),
    [
        ("Hello, see you on Monday.", "Nothing of a registration was found in this text"),
        ("Our realm: https://id.example/realms/shop", "3 of 8 parts were found"),
    ],
)
def test_the_heading_counts_the_provider_and_never_what_is_not_there(pasted, first):
    answer = signed_in(person()).post("/profiles/hand-over/", {"handover": pasted}).text
    assert f"<h1>{first}</h1>" in answer
    assert ("Paste a text that labels its values" in answer) is first.startswith("Nothing")


def test_a_mail_about_another_provider_fills_in_that_providers_form(integrator):
    mail = "Domain: example.eu.auth0.com\nClient ID: aBcD1234efGH5678\nAUTH0_AUDIENCE=https://orders.example\n"
    answer = integrator[1].post("/profiles/hand-over/", {"handover": mail})
    form = answer.context["form"]
    told = {name: form[name].value() for name in ("provider", "domain", "client_id", "audience")}
    assert told == {
        "provider": "auth0",
        "domain": "example.eu.auth0.com",
        "client_id": "aBcD1234efGH5678",
        "audience": "https://orders.example",
    }
    assert "Tenant" not in answer.content.decode().partition('id="read"')[2].partition("</section>")[0]


def test_what_was_not_found_is_looked_for_where_it_can_be_entered_and_not_where_there_is_none(integrator):
    mail = f"client_id: {CLIENT}\nissuer: https://test.maskinporten.no/\nscope: ks:fiks\nkid: my-key-1\n"
    shown = words(pasted(integrator[1], mail))
    assert "Key ID (kid) my-key-1" in shown and "assertion_kid" not in shown
    assert "Client secret not found" not in shown
    assert "Subscription key not found in the text: it is entered on the profile’s page" in shown
    assert "Client secret not found in the text: it is entered" in words(pasted(integrator[1], f"Client ID: {CLIENT}"))
