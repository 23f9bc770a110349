"""Evidence that a page hands in may be anything that anybody wrote: it is masked by name, and no odd one crashes."""

import json
import re

import msgspec
import pytest

from console.core.actor import Role
from console.models import Case
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
PERSON = "kari@example.com"
HEADERS = [["Authorization", "Basic hidden-1"], ["Cookie", "a=hidden-2"], ["X-Api-Key", "hidden-3"]]
EVIDENCE = {
    "token request": {
        "token_request": {
            "endpoint": "https://me:hidden-0@login.example/token",
            "params": {
                "client_secret": "hidden-4",
                "password": "hidden-5",
                "code": "hidden-6",
                "refresh_token": "hidden-7",
            },
            "headers": HEADERS,
            "assertion": {"header": {"secret": "hidden-8"}, "claims": {"sub": PERSON}},
        }
    },
    "request": {
        "request": {
            "method": "POST",
            "url": "https://api.example/?sig=hidden-4",
            "headers": HEADERS,
            "body": "client_secret=hidden-5&x=1",
        }
    },
    "answer": {
        "response": {"status": 401, "headers": HEADERS, "body": {"a": [{"password": "hidden-4"}], "otp": 123456}}
    },
    "claims": {"token_claims": {"sub": PERSON, "password": "hidden-1"}, "token_header": {"api_key": "hidden-2"}},
    "facts": {"profile": {"client_secret": "hidden-1", "password=hidden-2 client_secret=hidden-3": 1}},
    "token error": {"token_error": {"error": "x", "refresh_token": "hidden-1", "error_description": f"for {PERSON}"}},
    "policy": {"policy": {"verdict": f"{PERSON} client_secret=hidden-1"}},
}
ODD = [
    {"response": {"status": 4111111111111111, "elapsed_ms": 4111111111111111}},
    {
        "policy": {
            "verdict": "",
            "steps": [{"policy": "", "path": "", "verdict": "", "demand": {"leeway_s": 4111111111111111}}],
        }
    },
    {"policy": {"verdict": "", "steps": [{"policy": "", "path": "", "verdict": "", "demand": {"clients": []}}]}},
    {"expectations": {"audiences": ["a"], "leeway_s": 4111111111111111}},
    {"http_status": 4111111111111111, "now": 4111111111111111},
    {"request": {"headers": [["", "\r\n"], ["WWW-Authenticate", ""]], "url": "http://[::1", "method": "\n"}},
    {"token_request": {"endpoint": "http://[", "params": {"": ""}, "headers": {"a": "b"}, "assertion": {"header": {}}}},
    {"profile": {"a": [[[]], {"b": {}}], "observations": [1, {"a": 1}, None]}},
]


@pytest.fixture
def visitor():
    return signed_in(person("sam@example.com", Role.SUPPORT))


def posted(visitor, evidence, **more):
    return visitor.post("/cases/new/", {"evidence": json.dumps(evidence), "title": "A refusal", "note": "", **more})


@pytest.mark.parametrize("evidence", EVIDENCE.values(), ids=EVIDENCE)
def test_what_a_name_calls_secret_is_neither_shown_nor_kept(visitor, evidence):
    shown = posted(visitor, evidence)
    assert shown.status_code == 200
    made = posted(visitor, evidence, make="1")
    kept = msgspec.json.encode(list(Case.objects.values()), enc_hook=str).decode()
    opened = visitor.get(made.url).content.decode()
    for text in (shown.content.decode(), kept, opened):
        assert not re.findall(r"hidden-\d|123456|kari@", text)


@pytest.mark.parametrize("evidence", ODD, ids=lambda one: next(iter(one)))
def test_odd_evidence_is_shown_kept_and_opened(visitor, evidence):
    assert posted(visitor, evidence).status_code == 200
    made = posted(visitor, evidence, make="1")
    assert made.status_code == 302 and visitor.get(made.url).status_code == 200


def test_the_preview_holds_evidence_that_is_read_back_as_it_was(visitor):
    evidence = {"response": {"status": 401, "headers": [["WWW-Authenticate", 'Bearer error="invalid_token"']]}}
    form = posted(visitor, evidence).context["form"]
    assert json.loads(form.initial["evidence"]) == evidence
