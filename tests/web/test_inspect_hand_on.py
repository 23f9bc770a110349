"""What was pasted becomes a case or a text for a ticket; a HAR lists every failed exchange, by cause."""

import html
import json
import re

import pytest

from console.core.actor import Role
from console.core.tokens.base64url import encode
from console.models import Case
from tests.core.tokens.wire import compact
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
SECRET = compact({"sub": "kari", "iss": "https://idp.example", "aud": "api://orders", "exp": 1})


@pytest.fixture
def visitor():
    return signed_in(person("sam@example.com", Role.SUPPORT))


def entry(path, challenge, status=401, token=SECRET):
    headers = [{"name": "WWW-Authenticate", "value": challenge}] if challenge else []
    return {
        "startedDateTime": "2026-11-28T08:51:44Z",
        "request": {"method": "GET", "url": f"https://api.example.com{path}",
                    "headers": [{"name": "Authorization", "value": f"Bearer {token}"}]},
        "response": {"status": status, "statusText": "", "headers": headers, "content": {"text": ""}},
    }  # fmt: skip


EXPIRED = 'Bearer error="invalid_token", error_description="The token is expired"'
AUDIENCE = 'Bearer error="invalid_token", error_description="The audience \'x\' is invalid"'


HIDDEN = r'<input type="hidden" name="(\w+)" value="([^"]*)"'


def archive(*entries):
    return json.dumps({"log": {"version": "1.2", "entries": list(entries)}})


def inspected(visitor, text):
    return html.unescape(visitor.post("/inspect/", {"text": text}, headers=HTMX).content.decode())


def forms(page):
    """The fields of each form that makes a case: those inside of one, and those for the one that the page holds."""
    parts = [part[: part.index("</form>")] for part in page.split('action="/cases/new/"')[1:]]
    found = [dict(re.findall(rf"{HIDDEN}>", part, re.DOTALL)) for part in parts]
    found.append(dict(re.findall(rf'{HIDDEN} form="case-form">', page)))
    return [{name: one[name] for name in one if name != "csrfmiddlewaretoken"} for one in found if one]


def test_every_failed_exchange_of_a_har_is_listed_by_cause_and_can_be_opened(visitor):
    entries = [entry(f"/orders/{number}", EXPIRED) for number in range(40)]
    entries += [
        entry("/invoices", AUDIENCE, token=compact({"aud": "api://orders", "exp": 4_000_000_000})),
        entry("/fine", "", 200),
    ]
    page = inspected(visitor, archive(*entries))
    assert "41 failed exchanges, 2 causes" in page
    assert '40 ×</span> <bdi class="untrusted">Token expired</bdi></h3>' in page, "the card says the sentence"
    assert page.index('id="failed-token-expired"') < page.index('id="failed-audience-other-api"')
    for number in range(40):
        assert f"https://api.example.com/orders/{number} answered 401" in page
    assert page.count("Copy for ticket") == 41


def test_a_failed_exchange_becomes_a_case(visitor):
    raw = visitor.post("/inspect/", {"text": archive(entry("/orders", EXPIRED))}, headers=HTMX).content.decode()
    fields = {name: html.unescape(value) for name, value in forms(raw)[0].items()}
    preview = visitor.post("/cases/new/", fields)
    assert preview.status_code == 200 and not Case.objects.exists()
    told = visitor.post("/cases/new/", {**fields, "make": "1"}, follow=True).content.decode()
    assert "expired" in told and Case.objects.count() == 1
    assert SECRET.rsplit(".", 1)[1] not in told and SECRET.rsplit(".", 1)[1] not in Case.objects.get().evidence


def test_a_token_alone_can_be_handed_on(visitor):
    raw = visitor.post("/inspect/", {"text": SECRET}, headers=HTMX).content.decode()
    (fields,) = ({name: html.unescape(value) for name, value in one.items()} for one in forms(raw))
    assert SECRET not in json.dumps(fields)
    visitor.post("/cases/new/", {**fields, "make": "1"})
    assert Case.objects.count() == 1


def test_what_should_not_have_been_pasted_makes_no_case(visitor):
    raw = visitor.post(
        "/inspect/", {"text": "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----"}, headers=HTMX
    )
    assert "/cases/new/" not in raw.content.decode()


@pytest.mark.parametrize("number", ["1.5", "1e400", "-0.0", "1" * 40, "12345678901234567890"])
def test_a_token_with_a_number_of_any_length_is_judged_and_becomes_a_case(visitor, number):
    claims = f'{{"aud":"b","exp":{number},"far":{{"n":{number}}}}}'.encode()
    header = encode(b'{"alg":"RS256"}')
    token = f"{header}.{encode(claims)}.c2ln"
    answer = visitor.post("/inspect/", {"text": token, "audiences": "api://orders"}, headers=HTMX).content.decode()
    assert number in html.unescape(answer)
    (fields, *_) = ({name: html.unescape(value) for name, value in one.items()} for one in forms(answer))
    visitor.post("/cases/new/", {**fields, "make": "1"})
    assert Case.objects.count() == 1
