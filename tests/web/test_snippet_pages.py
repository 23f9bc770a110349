"""A call is copied from its page and from the form that was not sent: counted, without a secret, and by right."""

import base64
import json
import re
from html import unescape

import pytest

from console.core.call import ApiCall
from console.core.snippets import SNIPPETS, snippet_of
from console.models import AuditEntry
from console.services import calls, profiles
from tests.services.builders import with_samples
from tests.web.canaries import leaks
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
NAME = "Sample: orders with a secret"
SECRET = "a-secret-nobody-reads-4711"
TYPED = {
    "method": "POST",
    "path": "/orders",
    "query": f"key={SECRET}",
    "headers": f"X-Api-Key: {SECRET}\nX-Plain: seen\nContent-Type: application/json",
    "body": f'{{"password": "{SECRET}", "item": "chair"}}',
    "sends_token": "on",
}


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_profiles(owner) if one.name == NAME)


def shown(answer):
    """The text in the box; "" without one."""
    found = re.search(r"<textarea[^>]*id=\"snippet-text\"[^>]*>(.*?)</textarea>", answer.content.decode(), re.DOTALL)
    return unescape(found[1]) if found else ""


def test_a_past_call_is_copied_in_each_language_without_its_token(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders", headers=(("X-Api-Key", SECRET),)))
    client = signed_in(owner)
    assert f"/calls/{sent.attempt_id}/copy/" in client.get(f"/calls/{sent.attempt_id}/").content.decode()
    for one in SNIPPETS:
        answer = client.get(f"/calls/{sent.attempt_id}/copy/?language={one.code}")
        assert answer.status_code == 200
        text = shown(answer)
        assert "/orders" in text, one.code
        assert SECRET not in answer.content.decode()
        assert "eyJ" not in text
        hidden = re.search(r'id="snippet-hidden">(.*?)</p>', answer.content.decode())[1]
        assert hidden.startswith(("5" if one.is_record else "3") + " values are hidden")  # the echo gives two back


def test_the_token_is_obtained_as_grant_and_provider_let_it(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    address = f"/calls/{sent.attempt_id}/copy/?language=python&token_from="
    client = signed_in(owner)
    assert "client_credential=os.environ['CLIENT_SECRET']" in shown(client.get(address + "secret"))
    assert "CLIENT_CERTIFICATE_FILE" in shown(client.get(address + "certificate"))
    refused = client.get(address.replace("python", "curl-cmd") + "secret").content.decode()
    assert "cannot read the token out of an answer" in refused


def test_a_har_is_saved_as_a_file(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    answer = signed_in(owner).get(f"/calls/{sent.attempt_id}/copy/?language=har&file=1")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="call.har"'
    assert answer.json()["log"]["entries"][-1]["response"]["status"] == 200


def test_a_token_request_is_copied_too(owner, profile):
    signed_in(owner).post(f"/profiles/{profile.id}/token/")
    record = next(one for one in calls.last_attempts(_opened(owner, profile)).all if one and one.kind == "token")
    answer = signed_in(owner).get(f"/calls/{record.id}/copy/?language=curl-bash")
    assert "client_secret=" in shown(answer) and "${CLIENT_SECRET}" in shown(answer)


def _opened(owner, profile):
    from console.services import opening

    return opening.of_profile(owner, "view", profile.id)


@pytest.mark.parametrize("language", [one.code for one in SNIPPETS if not one.is_record])
def test_a_call_that_was_typed_is_copied_and_nothing_is_sent_or_kept(owner, profile, language):
    client, before = signed_in(owner), AuditEntry.objects.count()
    answer = client.post(f"/profiles/{profile.id}/copy/", {**TYPED, "language": language}, headers=HTMX)
    text = shown(answer)
    assert answer.status_code == 200
    assert re.search(r"X-Plain\W{1,40}(?:value\W{1,40})?seen", text)
    assert "chair" in text and "ACCESS_TOKEN" in text
    assert SECRET not in answer.content.decode()  # the fragment: what was typed stays in its form alone
    assert "4 values are hidden" in answer.content.decode()
    assert AuditEntry.objects.count() == before
    assert calls.last_attempts(_opened(owner, profile)).call is None


def test_without_scripts_what_was_typed_stays_in_the_form_of_the_page(owner, profile):
    answer = signed_in(owner).post(f"/profiles/{profile.id}/copy/", {**TYPED, "language": "python"})
    page = unescape(answer.content.decode())
    assert 'value="/orders"' in page and "X-Plain: seen" in page
    assert SECRET not in shown(answer)
    assert SECRET not in answer.headers.get("Location", "")


def test_the_known_secrets_of_a_profile_are_hidden_wherever_they_were_typed(owner, profile):
    calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    from console.services import tokens

    token = tokens.stored(_opened_for_use(owner, profile)).access_token.reveal()
    typed = {"method": "POST", "path": "/orders", "body": f"note {token}", "headers": f"X-Trace: {token[-40:]}"}
    answer = signed_in(owner).post(f"/profiles/{profile.id}/copy/", {**typed, "language": "python"}, headers=HTMX)
    assert token[-40:] not in answer.content.decode()


def _opened_for_use(owner, profile):
    from console.services import opening

    return opening.of_profile(owner, "use", profile.id)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"path": "https://elsewhere.example/"}, "looks like an absolute address"),
        ({"headers": "Host: elsewhere"}, "decides where a request goes"),
        ({"headers": "no colon"}, "is not “Name: value”"),
        ({"language": "cobol"}, "is not offered here"),
    ],
)
def test_what_cannot_be_sent_is_not_copied_and_the_form_says_why(owner, profile, typed, told):
    for headers in ({}, HTMX):
        answer = signed_in(owner).post(f"/profiles/{profile.id}/copy/", {**TYPED, **typed}, headers=headers)
        assert answer.status_code == 422
        assert told in unescape(answer.content.decode())


def test_an_unknown_language_in_an_address_is_told(owner, profile):
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    client, address = signed_in(owner), f"/calls/{sent.attempt_id}/copy/?language=cobol"
    for headers in ({}, HTMX):
        answer = client.get(address, headers=headers)
        assert answer.status_code == 422
        assert answer.content.decode().count("One thing needs your attention") == 1


def base64url(text):
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


CANARY = "canary-7f3a9b1c5d2e8f6a"
JWT = ".".join([base64url('{"alg":"RS256"}'), base64url('{"sub":"x"}'), base64url(f"signature {CANARY} of it")])
PLACES = {
    "a header": {"headers": f"X-Api-Key: {CANARY}"},
    "a cookie": {"headers": f"Cookie: sid={CANARY}"},
    "Basic": {
        "headers": "Authorization: Basic " + base64.b64encode(f"me:{CANARY}".encode()).decode(),
        "sends_token": "",
    },
    "a form": {"body": f"grant_type=x&client_secret={CANARY}"},
    "JSON": {"body": json.dumps({"client_secret": CANARY, "item": 1})},
    "JSON in a string": {"body": json.dumps({"note": json.dumps({"client_secret": CANARY})})},
    "a percent-encoded query": {"query": "client_secret=" + "".join(f"%{ord(one):02x}" for one in CANARY)},
    "base64 around a token": {"body": base64.b64encode(f"it is {JWT}".encode()).decode()},
    "a token of five parts": {
        "body": "eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0.." + base64url(CANARY) + "." + base64url(CANARY * 3) + ".dGFn"
    },
    "a token in the path": {"path": f"/orders/{JWT}"},
    "a token in the query": {"query": f"t={JWT}"},
    "a token in a header of any name": {"headers": f"X-Trace: {JWT}"},
}


@pytest.mark.parametrize("place", PLACES)
def test_a_canary_in_any_place_of_a_call_is_in_no_copy_of_it(owner, profile, place):
    typed = {"method": "POST", "path": "/orders", "sends_token": "on", **PLACES[place]}
    client = signed_in(owner)
    client.post(f"/profiles/{profile.id}/call/", typed)
    sent = calls.last_attempts(_opened(owner, profile)).call
    for one in (snippet_of("har"), snippet_of("python")):  # in every language: tests/core/redaction/test_places.py
        past = client.get(f"/calls/{sent.id}/copy/?language={one.code}").content.decode()
        fragment = client.post(f"/profiles/{profile.id}/copy/", {**typed, "language": one.code}, headers=HTMX)
        assert (
            leaks(one.code, past + fragment.content.decode(), {"canary": CANARY, "signature": JWT.rpartition(".")[2]})
            == []
        )


TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnktc3ViamVjdCJ9.c2lnbmF0dXJlLWNhbmFyeQ"


@pytest.mark.parametrize(
    "typed",
    [
        {"path": f"/orders/{TOKEN}"},
        {"path": "/orders/" + TOKEN.replace(".", "%2E")},
        {"body": f'{{"address": "https://far.example/?state={TOKEN.replace(".", "%252e")}"}}'},
        *({"headers": f"X-{name}: canary-of-a-header"} for name in ("Credential", "Signature", "Session", "Pwd")),
    ],
)
def test_neither_the_title_nor_a_copy_of_a_typed_call_holds_what_is_secret(owner, profile, typed):
    """The form below them holds what was typed as it was: whoever typed it goes on with it."""
    answer = signed_in(owner).post(f"/profiles/{profile.id}/copy/", {**TYPED, **typed, "language": "python"})
    assert answer.status_code == 200 and shown(answer)
    parts = ("Y2FuYXJ5LXN1YmplY3Q", "c2lnbmF0dXJlLWNhbmFyeQ", "canary-of-a-header")
    for text in (
        shown(answer),
        *re.findall(r"<(?:h1|title)[^>]*>.*?</(?:h1|title)>", answer.content.decode(), re.DOTALL),
    ):
        assert not any(part in text for part in parts)
    assert "canary" not in answer.context["title"] and TOKEN[30:] not in answer.context["title"]
