"""Everything below a workspace of the sandbox answers in the shape of the party it plays; only a person gets a page."""

import json
import logging
import sqlite3
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.test import Client

from console.core.errors import Unavailable
from console.models import SandboxInstallation, SandboxWorkspace
from console.sandbox.pages import POLICY
from console.sandbox.state import dump_state
from console.services import sandbox
from console.web import sandbox_endpoints
from tests.sandbox.people import Page
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db
ENTRA = {
    "error",
    "error_description",
    "error_codes",
    "timestamp",
    "trace_id",
    "correlation_id",
}  # RFC 6749 section 5.2 and more
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False)


@pytest.fixture
def place():
    """Path of a workspace, and its tenant."""
    actor = with_samples()
    return f"/sandbox/{sandbox.workspace(actor).base.rpartition('/')[2]}", sandbox.workspace(actor).state.tenant_id


def as_provider(answer, status, error):
    """The body of an answer of the identity provider."""
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json; charset=utf-8")
    body = answer.json()
    assert set(body) >= ENTRA
    assert body["error"] == error
    assert answer.headers["x-ms-request-id"] == body["trace_id"]
    return body


def disk_full():
    """As SQLite tells it through Django."""
    problem, cause = OperationalError("database or disk is full"), sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = sqlite3.SQLITE_FULL
    problem.__cause__ = cause
    return problem


def token_form(api):
    samples = sandbox.samples()
    return urlencode({
        "grant_type": "client_credentials", "client_id": samples.secret_client.id,
        "client_secret": samples.client_secret, "scope": f"{api.identifier_uri}/.default",
    })  # fmt: skip


def as_gateway(answer, status, message):
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json")
    assert answer.content.decode() == f'{{ "statusCode": {status}, "message": {json.dumps(message)} }}'


UNKNOWN = [
    ("{w}", 404, "invalid_request"),
    ("{w}/", 404, "invalid_request"),
    ("{w}/nothing", 404, "invalid_request"),
    ("{w}/{t}", 404, "invalid_request"),
    ("{w}/{t}/oauth2/v2.0/devicecodes", 404, "invalid_request"),
    ("{w}/{t}/oauth2/v2.0/token/", 404, "invalid_request"),
    ("{w}/%00", 404, "invalid_request"),
    ("{w}/other/v2.0/.well-known/openid-configuration", 400, "invalid_tenant"),
    ("{w}/other/oauth2/v2.0/token", 400, "invalid_request"),
    ("/sandbox/nobodys/{t}/v2.0/.well-known/openid-configuration", 404, "invalid_tenant"),
    ("/sandbox/nobodys", 404, "invalid_tenant"),
    ("/sandbox/n%C3%B6body/{t}/x", 404, "invalid_tenant"),
    ("/sandbox/" + "a" * 5000 + "/{t}/x", 404, "invalid_tenant"),
    ("/sandbox/%00/x", 404, "invalid_tenant"),
    ("/sandbox/--/x", 404, "invalid_tenant"),
]


@pytest.mark.parametrize(("path", "status", "error"), UNKNOWN, ids=[row[0][:40] for row in UNKNOWN])
def test_an_unknown_workspace_tenant_or_path_is_an_error_of_the_provider(stranger, place, path, status, error):
    answer = stranger.get(path.format(w=place[0], t=place[1]))
    as_provider(answer, status, error)


@pytest.mark.parametrize("path", ["{w}/gateway", "{w}/gateway/nothing", "/sandbox/nobodys/gateway/orders/orders"])
@pytest.mark.parametrize("method", ["get", "post", "options", "delete"])
def test_what_the_gateway_does_not_know_is_its_own_404(stranger, place, path, method):
    as_gateway(getattr(stranger, method)(path.format(w=place[0])), 404, "Resource not found")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "BREW"])
@pytest.mark.parametrize("path", ["/v2.0/.well-known/openid-configuration", "/discovery/v2.0/keys", "/discovery/keys"])
def test_another_method_is_a_405_that_names_the_right_ones(stranger, place, path, method):
    answer = stranger.generic(method, f"{place[0]}/{place[1]}{path}")
    as_provider(answer, 405, "invalid_request")
    assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_the_token_endpoint_takes_post_alone_and_says_it_as_entra_does(stranger, place):
    body = as_provider(stranger.get(f"{place[0]}/{place[1]}/oauth2/v2.0/token"), 400, "invalid_request")
    assert body["error_codes"] == [900561]


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("oauth2/v2.0/token", "POST, OPTIONS"), ("discovery/v2.0/keys", "GET, HEAD, OPTIONS"),
     ("oauth2/v2.0/authorize", "GET, HEAD, POST, OPTIONS")],
)  # fmt: skip
def test_options_names_the_methods_and_opens_nothing_to_other_origins(stranger, place, path, allowed):
    answer = stranger.options(f"{place[0]}/{place[1]}/{path}", headers={"Origin": "https://evil.example"})
    assert (answer.status_code, answer.content, answer.headers["Allow"]) == (200, b"", allowed)
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def test_head_is_get_without_the_body(stranger, place):
    path = f"{place[0]}/{place[1]}/v2.0/.well-known/openid-configuration"
    whole, head = stranger.get(path), stranger.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(whole.content))


def test_a_body_of_another_kind_is_a_missing_parameter_as_at_entra(stranger, place):
    sent = {"grant_type": "client_credentials"}
    for kind in ("application/json", "multipart/form-data; boundary=x", "text/plain", ""):
        path = f"{place[0]}/{place[1]}/oauth2/v2.0/token"
        body = as_provider(stranger.generic("POST", path, json.dumps(sent), content_type=kind), 400, "invalid_request")
        assert body["error_codes"] == [900144]


def test_a_body_that_is_too_large_is_refused_whole_by_both_parties(stranger, place):
    limit = sandbox_endpoints.MAX_BODY
    told = f"The body is larger than {limit} bytes, which are accepted here."
    over, full = "x" * (limit + 1), "x" * limit
    refused = stranger.generic("POST", f"{place[0]}/{place[1]}/oauth2/v2.0/token", over, content_type=FORM)
    assert as_provider(refused, 413, "invalid_request")["error_description"].startswith(told)
    as_gateway(stranger.generic("POST", f"{place[0]}/gateway/invoices/echo", over), 413, told)
    assert stranger.generic("POST", f"{place[0]}/gateway/invoices/echo", full).status_code == 401


@pytest.mark.parametrize("path", ["/t/oauth2/v2.0/token", "/gateway/orders/orders"])
def test_a_sandbox_that_is_off_busy_broken_or_not_set_up_says_so_in_shape(
    stranger, place, path, settings, monkeypatch, caplog
):
    def judged(status, error, words):
        answer = stranger.post(place[0] + path)
        text = (
            answer.json()["message"] if "gateway" in path else as_provider(answer, status, error)["error_description"]
        )
        assert answer.status_code == status
        assert words in text
        assert ("Retry-After" in answer.headers) is (status == 503)

    def fails(problem):
        def fail(*_):
            raise problem

        return fail

    real = sandbox.answer
    for problem, status, error, words in (
        (
            Unavailable("The sandbox is busy.", do="Try again in a moment."),
            503,
            "temporarily_unavailable",
            "is busy. Try",
        ),
        (
            disk_full(),
            503,
            "temporarily_unavailable",
            "can keep nothing at this moment",
        ),
        (KeyError("a bug of ours"), 500, "server_error", "can find the id"),
    ):
        monkeypatch.setattr(sandbox, "answer", fails(problem))
        with caplog.at_level(logging.ERROR):
            judged(status, error, words)
    monkeypatch.setattr(sandbox, "answer", real)
    assert "a bug of ours" in caplog.text
    SandboxInstallation.objects.all().delete()
    judged(503, "temporarily_unavailable", "has not been set up. Its tenant")
    settings.CONSOLE_SANDBOX = False
    judged(404, "invalid_request", "Resource not found" if "gateway" in path else "is switched off")


def test_a_host_that_is_not_the_consoles_is_refused_in_shape(stranger, place):
    answer = stranger.get(f"{place[0]}/{place[1]}/discovery/keys", headers={"Host": "evil.example"})
    assert "evil.example" not in as_provider(answer, 400, "invalid_request")["error_description"]


def test_the_page_and_its_forms_are_the_consoles_own(stranger):
    for path in ("/sandbox/", "/sandbox/-/clients/"):
        assert stranger.get(path).headers["Location"] == f"/accounts/login/?next={path}"
    assert "text/html" in stranger.get("/sandbox/-").headers["Content-Type"]


def test_the_safe_headers_are_on_every_answer(stranger, place, settings):
    settings.SECURE_HSTS_SECONDS = 60
    for path in (place[0], f"{place[0]}/gateway/orders/orders", f"/sandbox/nobodys/{place[1]}/discovery/keys"):
        for is_secure in (False, True):
            headers = stranger.get(path, secure=is_secure).headers
            assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'; frame-ancestors 'none'"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Cache-Control"] == "no-store"
            assert headers["Cross-Origin-Resource-Policy"] == headers["Referrer-Policy"] == "same-origin"
            assert ("Strict-Transport-Security" in headers) is is_secure


def test_no_session_and_no_cookie_of_the_console_goes_along(place):
    browser = Client()
    browser.cookies["sessionid"] = "canary-session"
    echoed = browser.get(f"{place[0]}/gateway/invoices/echo")
    assert "canary-session" not in echoed.content.decode()
    assert not echoed.cookies


def urls_in(value):
    if isinstance(value, dict):
        return [found for one in value.values() for found in urls_in(one)]
    if isinstance(value, list):
        return [found for one in value for found in urls_in(one)]
    return [value] if isinstance(value, str) and "://" in value else []


DOCUMENTS = [
    "/{t}/v2.0/.well-known/openid-configuration",
    "/{t}/.well-known/openid-configuration",
    "/sts/{t}/.well-known/openid-configuration",
    "/{t}/discovery/v2.0/keys",
]


def test_an_answer_that_takes_long_keeps_no_other_waiting_for_its_turn(stranger, place):
    with sandbox_endpoints.TURN:
        held = stranger.get(place[0] + DOCUMENTS[0].format(t=place[1]))
    assert held.status_code == 200
    assert stranger.get(place[0] + DOCUMENTS[0].format(t=place[1])).status_code == 200
    assert not sandbox_endpoints.TURN.locked()


def is_page(answer):
    """Whether it is a page for a person: only where a person goes, and with the wall of such a page."""
    if not answer.headers["Content-Type"].startswith("text/html"):
        return False
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.wsgi_request.path_info.endswith(("/authorize", "/logout"))
    return b"You are in the sandbox of the console." in answer.content


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_address_that_a_metadata_document_names_answers(stranger, place, document):
    published = stranger.get(place[0] + document.format(t=place[1])).json()
    named = [url for name, value in published.items() if name != "issuer" for url in urls_in(value)]
    assert named
    if "keys" in document:  # a key names its issuer
        named = [f"{url.removesuffix('/')}/.well-known/openid-configuration" for url in named]
    for url in named:
        assert url.startswith("http://testserver/sandbox/")
        path = url.removeprefix("http://testserver")
        answers = [stranger.get(path), stranger.post(path, {}, content_type=FORM)]
        assert all(answer.status_code in (200, 400, 405) for answer in answers), url
        assert all(answer.json() for answer in answers if not is_page(answer)), url
    if "issuer" in published:
        found = stranger.get(published["issuer"].removesuffix("/") + "/.well-known/openid-configuration").json()
        assert found == published


@pytest.mark.parametrize("query", ["client_id={c}&response_type=code", ""])
def test_the_authorization_endpoint_refuses_in_entras_words_and_redirects_nowhere(stranger, place, query):
    client_id = sandbox.samples().secret_client.id
    path = f"{place[0]}/{place[1]}/oauth2/v2.0/authorize?redirect_uri=https://evil.example/&{query.format(c=client_id)}"
    answer = stranger.get(path)
    assert answer.status_code == 400 and is_page(answer)
    assert f"AADSTS{50011 if query else 900144}: " in answer.content.decode()
    assert "Location" not in answer.headers and b"href" not in answer.content


def test_a_person_signs_in_over_http_without_the_console_being_asked_for_anything(stranger, place):
    """The whole way in a browser without cookies: pages, then the registered address of the console itself."""
    asked = {
        "client_id": sandbox.samples().secret_client.id, "response_type": "code", "state": "s", "scope": "openid",
        "redirect_uri": "http://testserver/back/",
    }  # fmt: skip
    page = stranger.get(f"{place[0]}/{place[1]}/oauth2/v2.0/authorize", asked)
    for pressed in ("Kari Nordmann", "Allow"):
        assert page.status_code == 200 and is_page_of_sign_in(page)
        seen = Page(f"http://testserver{page.wsgi_request.path_info}", page.content.decode(), 200)
        url, fields = seen.form(pressed)
        page = stranger.post(url.removeprefix("http://testserver"), urlencode(fields), content_type=FORM)
    assert page.status_code == 303
    assert page.headers["Location"].startswith("http://testserver/back/?code=")
    assert not stranger.cookies


def is_page_of_sign_in(answer):
    return answer.headers["Content-Security-Policy"] == POLICY and "X-Console-Withheld" not in answer.headers


def test_a_segment_is_made_of_small_letters_and_found_in_any_case(stranger, place):
    assert place[0] == place[0].lower()
    for spelled in (place[0], "/sandbox/" + place[0].rpartition("/")[2].upper()):
        found = stranger.get(f"{spelled}/{place[1]}/v2.0/.well-known/openid-configuration").json()
        assert found["issuer"] == f"http://testserver{place[0]}/{place[1]}/v2.0"


def test_an_old_segment_of_mixed_case_keeps_its_spelling_however_it_is_asked_for(stranger, place):
    SandboxWorkspace.objects.update(segment="AbC-dEf_12xY")
    form = token_form(sandbox.samples().invoices)
    for spelled in ("AbC-dEf_12xY", "abc-def_12xy", "ABC-DEF_12XY"):
        found = stranger.get(f"/sandbox/{spelled}/{place[1]}/v2.0/.well-known/openid-configuration").json()
        assert found["issuer"] == f"http://testserver/sandbox/AbC-dEf_12xY/{place[1]}/v2.0"
        token = stranger.post(f"/sandbox/{spelled}/{place[1]}/oauth2/v2.0/token", form, content_type=FORM).json()[
            "access_token"
        ]
        for elsewhere in ("AbC-dEf_12xY", "abc-def_12xy"):
            called = stranger.get(
                f"/sandbox/{elsewhere}/gateway/invoices/invoices", headers={"Authorization": f"Bearer {token}"}
            )
            assert called.status_code == 200, called.content


def test_no_two_segments_differ_by_letter_case_alone(place):
    other = person("otto@example.com")
    with pytest.raises(IntegrityError), transaction.atomic():
        SandboxWorkspace.objects.create(owner_id=other.user_id, segment=place[0].rpartition("/")[2].upper(), state="{}")


def test_what_another_process_saved_is_seen_by_the_next_request(stranger, place):
    """Nothing that is kept between requests outlives the row it was made of."""
    path, form = f"{place[0]}/{place[1]}/oauth2/v2.0/token", token_form(sandbox.samples().orders)
    before = SandboxWorkspace.objects.get().state
    faulty = dump_state(replace(sandbox.samples().state, fault="provider-slow"))
    for state, status in ((before, 200), (faulty, 504), (before, 200), (faulty, 504)):
        SandboxWorkspace.objects.update(state=state)
        for _ in range(2):
            assert stranger.post(path, form, content_type=FORM).status_code == status


def test_a_token_request_is_one_query(stranger, place, django_assert_num_queries):
    form = token_form(sandbox.samples().orders)
    with django_assert_num_queries(1):
        assert stranger.post(f"{place[0]}/{place[1]}/oauth2/v2.0/token", form, content_type=FORM).status_code == 200
