"""Whatever is typed, pasted or put into an address: never a crash, never markup, never lost."""

import re
from functools import partial

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from console.core.actor import Role
from console.core.redaction.redact import redact_text
from console.models import Person
from console.services import apis, groups, preflight, profiles, sandbox, stepping
from console.store import people
from tests.services.builders import PASSWORD, begun_matrix
from tests.web.any_input import BLNS, HARD_TO_STORE, LONE_SURROGATE, NASTY, as_read, encoded, loosely, read
from tests.web.people import HTMX, owned, prove, seen, signed_in
from tests.web.url_map import every_address

__all__ = ["owned"]  # a fixture

pytestmark = pytest.mark.django_db

FORM = "application/x-www-form-urlencoded"
KEYS = {"key_text", "decryption_key", "browser_now"}  # never written back
SECRETS = {
    "secret",
    "assertion",
    "subscription_key",
    "passphrase",
    "password",
    "handover",
    "oldpassword",
    "password1",
    "password2",
}
PROFILE = {
    **{"name": "N", "environment": "", "provider": "entra:global", "tenant": "t", "client_id": "c", "api_id": ""},
    **{"scope": "api://x/.default", "version": ""},
}
API = {
    **{
        "name": "N",
        "base_url": "https://api.example",
        "subscription_key_header": "K",
        "metadata_url": "",
        "tenant": "",
    },
    **dict.fromkeys(("audiences", "issuers", "authorized_parties", "roles", "scopes", "algorithms", "policy"), ""),
    **{"token_version": "", "leeway_s": "0", "version": ""},
}
# address by name, a form that is accepted, where what was saved is shown again
FORMS = {
    "profile-new": PROFILE,
    "profile-edit": PROFILE,
    "profile-handover": {"handover": ""},
    "call-import": {"pasted": "curl {{base}}/a", "profile": ""},
    "call-import-keep": {"found": '{"calls": []}', "profile": "", "shown": "", "pick": "0"},
    "profile-secret": {"secret": "", "secret_ends_on": ""},
    "profile-subscription-key": {"subscription_key": "", "subscription_key_ends_on": "", "remove": ""},
    "profile-credential-ends": {"ends_on": "", "version": ""},
    "profile-key-ends": {"ends_on": "", "version": ""},
    "ends-reminders": {"on": "1"},
    "profile-key-file": {"passphrase": "", "key_file": ""},
    "profile-make-certificate": {"days": "90"},
    "profile-make-key": {"alg": "ES256", "kid": "", "ends_on": ""},
    "profile-signing-key": {"key_text": "", "passphrase": "", "kid": "", "ends_on": ""},
    "profile-assertion": {"assertion": "", "assertion_path": ""},
    "profile-call": {
        **{"method": "GET", "path": "/orders", "query": "", "headers": "", "body": "", "sends_token": "on"},
        **{"body_kind": "multipart", "header_name": "", "header_value": "", "field_name": "a", "field_value": "b"},
        **{"file_field": "f", "operation_key": "GET /orders", "path_was": "/orders", "query_was": ""},
    },
    "profile-call-check": {"method": "POST", "path": "/orders", "query": "", "headers": "", "body": "{"},
    "profile-request-save": {
        **{"method": "GET", "path": "/orders", "query": "", "headers": "", "body": "", "name": "Orders"},
    },
    "profile-request": {"name": "Orders"},
    "profile-variables": {"own": "a = 1", "shared": "b = 2", "version": ""},
    "profile-copy": {"method": "GET", "path": "/orders", "query": "", "headers": "", "body": "", "language": "python"},
    "profile-sharing": {"who": "ina@example.com", "right": "use", "reveals_token": "on"},
    "api-sharing": {"subject": "person:1", "right": "use", "reveals_token": "on"},
    "case-sharing": {"subject": "person:1", "take": "1"},
    "groups": {"name": "N"},
    "group": {"name": "N"},
    "group-members": {"person": "ina@example.com"},
    "call-share": {"title": "T", "note": ""},
    "case": {"text": "T"},
    "case-new": {"evidence": '{"http_status": 401}', "title": "T", "note": "", "api": "", "make": ""},
    "case-assign": {"person": "", "x": ""},
    "case-wait": {"state": "integrator"},
    "case-solve": {"was": "other", "cause": "none", "sentence": "S", "all": "", "also": ""},
    "case-close": {"why": ""},
    "case-reopen": {"why": ""},
    "case-ask": {"wanted": "", "other": "The log of nine"},
    "case-evidence": {"text": "HTTP/1.1 401 Unauthorized", "held": "", "answers": ""},
    "case-give": {"who": "ina@example.com", "right": "use"},
    "case-export": {"cases": "", "people": "numbers"},
    "case-import": {"file": ""},
    "triage": {"export": "", "status": "", "time": "", "caller": ""},
    "triage-add": {"note": "N"},
    "triage-forget": {"x": ""},
    "profile-heartbeat": {"every": "900"},
    "profile-heartbeat-mails": {"on": "1"},
    "profile-preflight": {"method": "GET", "path": "/orders", "query": ""},
    "preflight": {"x": ""},
    "collection-new": {"name": "In a row", "request_1": "", "place_1": "1", "expects_1": "status 200", "takes_1": ""},
    "profile-matrix": {
        "method": "GET",
        "path": "/orders",
        "query": "",
        "variants": ["twice"],
        "other": "",
        "must-twice": "",
    },
    "matrix": {"x": ""},
    "matrix-stop": {"x": ""},
    "ends-address": {"x": ""},
    "ends-address-take-back": {"x": ""},
    "api-new": API,
    "api-from-document": {
        "text": "openapi: 3.0.0\npaths: {/a: {get: {}}}",
        "name": "",
        "base_url": "https://api.example",
    },
    "call-practise": {"fault": "expired"},
    "call-pin": {"keep": "1"},
    "api-edit": API,
    "api-publish": {"publish": "1", "knows": "on", "version": ""},
    "api-proposal": {"approve": "1", "version": ""},
    "profile-destination": {"seen": ""},
    "inspect": {
        **{"text": "", "against": "", "keys": "", "keys_of": "", "key_text": "", "given_as": "", "decryption_key": ""},
        **dict.fromkeys(("audiences", "issuers", "authorized_parties", "roles", "scopes", "tenant"), ""),
        **{"token_version": "", "leeway_s": "", "browser_now": ""},
    },
    "policy": {
        **{"policy": "<base />", "token": "", "token_from": "", "method": "", "url": "", "headers": "", "key": ""},
        **{"token_place": "", "client_ip": "", "moment": "", "do": "", "switch-claim-case": ""},
    },
    "api-operations": {"text": "openapi: 3.0.0\npaths: {/a: {get: {}}}", "address": ""},
    "api-policy": {"policy": "<base />", "token": "", "do": "save", "version": "", "row_name": ""},
    "api-policy-expectation": {"next": "", "take": ["audiences"], "version": ""},
    "sandbox-policy": {"policy": "<base />"},
    "reference": {"text": ""},
    "people": {"email": "new@example.com", "role": ["integrator"]},
    "person": {"role": ["integrator"], "active": "1"},
    "person-address": {"email": "new@example.com"},
    "sandbox-fault": {"fault": ""},
    "sandbox-register": {"name": "N", "role": []},
    "sandbox-client": {"certificate": "1", "profile": "", "role": []},
    "account_login": {"login": "a@example.com", "password": "p"},
    "account_reset_password": {"email": "a@example.com"},
    "connection-new": {"name": "Ola"},
    "connection-edit": {"name": "Ola", "named": "managed 1 the portal"},
    "connection-link": {"meant_for": "Ola", "life_s": "3600"},
    "account_change_password": {"password1": "b", "password2": "b"},
    "account_reauthenticate": {"password": "p"},
    "mfa_activate_totp": {"code": "1"},
}
MASKED = "pasted"  # stands there again without its secrets
VALUES = NASTY if connection.vendor == "sqlite" else HARD_TO_STORE
SHOWN = ("name", "title", "text", "note", "body", "handover")


@pytest.fixture
def everything(owned, monkeypatch):
    """A browser of an administrator who owns one of each thing, and the addresses of those."""
    actor, ids = owned
    monkeypatch.setattr(stepping, "PAGE_S", 0)  # one stage for each time that it is begun
    person = Person.objects.get(pk=actor.user_id)
    person.roles = " ".join(role.value for role in Role)
    person.save()
    client_id = sandbox.workspace(actor).state.clients[0].id
    ids["group_id"] = groups.make(people.get(person.pk), "Team").id
    ids["run_id"] = preflight.begin(actor, ids["profile_id"]).id
    ids["matrix_id"] = begun_matrix(actor, ids["profile_id"])
    addresses = {one.name: one.path for one in every_address(**ids, client_id=client_id, segment=_segment(actor))}
    client = prove(signed_in(actor, raise_request_exception=False))
    return actor, client, addresses


def _segment(actor):
    return sandbox.workspace(actor).base.rpartition("/")[2]


def send(client, path, data, **options):
    return client.post(path, encoded(data), content_type=FORM, **options)


def judge(name, data, answer, fields):
    """Never a crash, no markup of the input; and where the form came back, what was typed is in it."""
    told = (name, {field: data[field][:60] if isinstance(data[field], str) else data[field] for field in fields})
    assert answer.status_code < 500, told
    html = answer.content.decode("utf-8")
    page = read(html)
    assert page.problems == [], told
    for field in fields if answer.status_code == 422 else ():
        if field in SECRETS | KEYS:
            assert page.controls.get(field, "") == "", told
        elif field == MASKED and field in page.controls:
            assert as_read(page.controls[field]) == as_read(redact_text(data[field])), told
        elif field in page.controls and isinstance(data[field], str):
            assert as_read(page.controls[field]) == as_read(data[field]), told
    return page


ENDING = ("account", "mfa", "person")  # some of these sign out, or ask for the password again
SHOWING = ("profile-secret", "profile-subscription-key", "profile-key-file")
VERSIONED = ("profile-edit", "api-edit", "api-publish", "api-proposal")


class Forms:
    """The form that is accepted now, asked for again when one was taken: a page shows the same till then."""

    def __init__(self, client, name, addresses):
        self._make = partial(form_of, client, name, addresses)
        self._now = self._make()

    def of(self, values):
        return {**self._now, **values}

    def answered(self, status):
        if status != 422:
            self._now = self._make()


def form_of(client, name, addresses):
    """With the version, or the digest of a destination, that its page shows."""
    if name in SHOWING:
        profile_id, form = addresses[name].split("/")[2:4]
        return {**FORMS[name], "seen": seen(client, profile_id, form)}
    if name not in VERSIONED:
        return FORMS[name]
    page = client.get(addresses[name if name.endswith("edit") else "api"]).content.decode()
    return {**FORMS[name], "version": re.search(r'name="version" value="(\d+)"', page)[1]}


@pytest.mark.parametrize("name", FORMS)
def test_any_value_in_any_field_is_answered_in_words_and_stays_text(everything, name):
    actor, client, addresses = everything
    fields = [field for field in FORMS[name] if field != "version"]
    forms = Forms(client, name, addresses)
    for value in VALUES:
        whole = forms.of(dict.fromkeys(fields, value))
        answer = send(client, addresses[name], whole)
        judge(name, whole, answer, fields)
        if name.startswith(ENDING):
            client.force_login(Person.objects.get(pk=actor.user_id))
        assert SESSION_KEY in client.session
        forms.answered(answer.status_code)
    for number, field in enumerate(FORMS[name]):
        for value in VALUES[number % 8 :: 8]:
            single = forms.of({field: value})
            typed = [] if field == "version" else [field]  # a form that was stale goes on from the version of now
            answer = send(client, addresses[name], single, headers=HTMX)
            judge(name, single, answer, typed)
            forms.answered(answer.status_code)


def test_naughty_strings_go_through_every_form(everything):
    _, client, addresses = everything
    apart = ("account", "mfa", "profile-key-file", "api-policy-expectation")  # the last has nothing to be typed
    names = [name for name in FORMS if not name.startswith(apart)]
    for number, value in enumerate(BLNS[::3]):
        name = names[number % len(names)]
        fields = [field for field in FORMS[name] if isinstance(FORMS[name][field], str) and field != "version"]
        text = next((field for field in fields if field in SHOWN), fields[0])
        whole = {**form_of(client, name, addresses), text: value}
        judge(name, whole, send(client, addresses[name], whole), [text])
    for path in ("/profiles/", "/apis/", "/cases/", "/calls/", "/sandbox/", "/people/", "/people/audit/"):
        answer = client.get(path)
        assert (answer.status_code, read(answer.content.decode()).problems) == (200, []), path


STORED = [value for value in [*NASTY, *BLNS[::20]] if value.strip() and "\x00" not in value and value != LONE_SURROGATE]


def test_what_was_stored_comes_back_as_the_text_that_was_typed(everything):
    actor, client, addresses = everything
    kept = 0
    for number, value in enumerate(STORED):
        short = value[:150]
        answer = send(client, "/profiles/new/", {**PROFILE, "name": short})
        if answer.status_code == 302:
            kept += 1
            page = read(client.get(answer.headers["Location"]).content.decode())
            assert loosely(short) in loosely(page.text), short
            edit = read(client.get(answer.headers["Location"] + "edit/").content.decode())
            assert as_read(edit.controls["name"]) == as_read(short)
            profiles.delete(actor, re.search(r"/profiles/([^/]+)/", answer.headers["Location"])[1])
        answer = send(client, addresses["case"], {"text": value if number % 2 else ""})
        if answer.status_code == 302:
            kept += 1
            shown = loosely(read(client.get(addresses["case"]).content.decode()).text)
            assert loosely(as_read(redact_text(value))) in shown, value
    assert kept > len(STORED) * 0.7


def test_a_policy_and_lists_of_an_api_come_back_character_by_character(everything):
    actor, client, _ = everything
    for value in (
        "<policies>\n  <inbound>&amp;</inbound>\n</policies>",
        "</textarea><x-evil>",
        "{{ x }}",
        "\u202eabc",
        "日本",
    ):
        answer = send(client, "/apis/new/", {**API, "policy": value, "audiences": "a\n" + value.splitlines()[0]})
        page = read(client.get(answer.headers["Location"] + "edit/").content.decode())
        assert page.controls["policy"].strip() == value
        assert page.controls["audiences"].strip().split("\n")[1] == value.splitlines()[0]
        api = next(api for api in apis.list_apis(actor) if api.id in answer.headers["Location"])
        assert api.policy == value


WORDS = st.one_of(st.text(max_size=40), st.sampled_from(NASTY[:30]), st.sampled_from(BLNS))


QUERY = ("next", "api", "base_url", "before", "page", "token", "code", "state", "error", "process")
QUERY += ("q", "cause", "profile", "person", "assignee", "like", "news", "since", "until", "after", "case", "from")
QUERY += ("status", "kind", "span", "who", "object", "connection", "operation", "attempt", "because", "correct")
SANDBOX = (
    *(
        "{t}/oauth2/v2.0/token",
        "{t}/oauth2/token",
        "{t}/v2.0/.well-known/openid-configuration",
        "{t}/discovery/v2.0/keys",
        "{t}/oauth2/v2.0/authorize",
        "{t}/oauth2/authorize/sign-in",
        "{t}/oauth2/v2.0/devicecode",
        "{t}/oauth2/deviceauth",
        "{t}/oauth2/v2.0/logout",
    ),
    *("gateway/orders/orders", "gateway/orders/reports", "gateway", "{t}", "sts/{t}/", ""),
)
TOKEN_FORM = ("client_id", "scope", "grant_type", "client_secret", "client_assertion", "client_assertion_type")
fuzzed = hypothesis(max_examples=60)


@fuzzed
@given(number=st.integers(0, 500), words=st.tuples(WORDS, WORDS), method=st.sampled_from(["get", "post"]))
def test_any_address_with_any_query_is_answered(everything, number, words, method):
    actor, client, addresses = everything
    name = sorted(addresses)[number % len(addresses)]
    client.force_login(Person.objects.get(pk=actor.user_id))
    query = encoded({QUERY[number % len(QUERY)]: words[0], "x": words[1]})
    for path in (f"{addresses[name]}?{query}", f"/{encoded({'': words[0]})[1:]}/"):
        answer = getattr(client, method)(path)
        told = (name, path, answer.status_code)
        assert answer.status_code < 500, told
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            assert read(answer.content.decode()).problems == [], told


@fuzzed
@given(
    place=st.sampled_from(SANDBOX),
    words=st.tuples(WORDS, WORDS),
    header=st.text(st.characters(min_codepoint=33, max_codepoint=255), max_size=60),
    junk=st.binary(max_size=200),
    method=st.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "BREW"]),
)
def test_the_sandbox_answers_any_stranger_with_any_request(everything, place, words, header, junk, method):
    actor, _, _ = everything
    path = f"/sandbox/{_segment(actor)}/{place.format(t=sandbox.workspace(actor).state.tenant_id)}"
    stranger = Client(raise_request_exception=False)
    names = ("Authorization", "client-request-id", "Ocp-Apim-Subscription-Key", "Accept")
    form = encoded(dict.fromkeys(TOKEN_FORM, words[1])).encode()
    for target in (path, f"{path}/{encoded({'': words[0]})[1:]}?{encoded({'x': words[0]})}"):
        for body in (form, junk):
            answer = stranger.generic(method, target, body, content_type=FORM, headers=dict.fromkeys(names, header))
            assert "id=" not in answer.content.decode("latin-1") or answer.status_code < 500, target
            assert answer.status_code < 500, (target, answer.content[:300])


def test_a_sign_in_with_any_bytes_is_refused_in_words():
    client = Client(raise_request_exception=False)
    for value in NASTY:
        answer = send(client, "/accounts/login/", {"login": value, "password": value or PASSWORD})
        assert answer.status_code in (200, 429)
        assert read(answer.content.decode()).problems == []
