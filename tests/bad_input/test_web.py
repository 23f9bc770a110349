"""Bad-input cases of the web: strangers, forged forms, headers, passwords, redirects."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings as configured
from django.test import Client

from console.adapters import clock
from console.core.actor import Role
from console.models import Person
from console.store import audit
from tests.bad_input.registry import covers
from tests.services.builders import PASSWORD, person, with_samples
from tests.web.people import HTMX, owned, signed_in
from tests.web.url_map import NOBODYS, every_address

__all__ = ["owned"]  # a fixture

pytestmark = pytest.mark.django_db

METHODS = ("get", "post", "put", "patch", "delete", "head", "options")
OBJECTS = {"profile_id", "attempt_id", "api_id", "case_id"}
OF_SUPPORT = {"case-ask", "case-evidence", "case-give", "case-ticket-text", "case-ticket-markdown"}
WORKED_ON = {"case-assign", "case-wait", "case-solve", "case-close", "case-reopen", "triage-add"}
# Who may do more than the owner alone: names of addresses by role.
ALLOWED = {
    Role.SUPPORT: {"case", "case-sharing", *OF_SUPPORT, *WORKED_ON},
    Role.ADMIN: {
        "case", "case-withdraw", "api", "api-checklist", "api-edit", "api-publish", "api-proposal", "api-delete",
        *OF_SUPPORT, *WORKED_ON,
        "api-operations", "api-operations-remove", "api-developers",
        "api-policy", "api-sharing", "case-sharing", "api-policy-expectation", "api-policy-row", "api-policy-file",
    },
    Role.INTEGRATOR: set(),
}  # fmt: skip
ONLY_BY_POST = {
    *WORKED_ON, "case-withdraw", "case-give", "api-publish", "api-proposal", "api-policy-row", "api-operations-remove",
    "api-proposal-seen",
}  # fmt: skip
OPEN_TO_STRANGERS = {
    "account_login", "account_logout", "account_inactive", "account_reset_password", "account_reset_password_done",
    "account_reset_password_from_key", "account_reset_password_from_key_done", "mfa_authenticate", "mfa_login_webauthn",
    "socialaccount_login_cancelled", "openid_connect_login", "openid_connect_callback",
    "sign-in-link", "session", "healthz", "readyz", "login-link", "back", "back-problem", "authorization",
    "ends-calendar",
}  # fmt: skip
# What a far side sent is handed on as a file: nothing in it may load or run, wherever it is opened.
SHUT_IN = ("call-body-file", "call-body-picture", "call-result-file")
SHUT = "default-src 'none'; sandbox; frame-ancestors 'none'"
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
ELSEWHERE = [
    "https://evil.example/", "//evil.example", "///evil.example", "/\\evil.example", "\\\\evil.example",
    "http:evil.example", "https:///evil.example", "javascript:alert(1)", "/%0d%0aLocation:%20https://evil.example",
    "https://testserver@evil.example/", "https://evil.example#testserver", " https://evil.example", "\thttps://evil.example",
]  # fmt: skip


@pytest.mark.long
@pytest.mark.parametrize("role", list(Role))
@covers("E-B01")
def test_what_belongs_to_somebody_else_is_not_found_by_any_role_address_or_method(owned, role):
    _, ids = owned
    other = signed_in(person("otto@example.com", role))
    theirs = [one for one in every_address(**ids) if one.parameters & OBJECTS and one.name not in ALLOWED[role]]
    nobodys = {one.name: one.path for one in every_address()}
    assert len(theirs) >= 17
    for address in theirs:
        for method in METHODS:
            for headers in ({}, HTMX):
                paths = (address.path, nobodys[address.name])
                answer, nothing = (_end_of(other, method, path, headers) for path in paths)
                told = (address.name, method, answer.status_code)
                assert answer.status_code == nothing.status_code, told
                assert answer.status_code == 404 or _is_never_taken(answer, method), told


def _end_of(client, method, path, headers):
    """Where a request ends: what takes only a POST sends a GET on to the object's page."""
    answer = getattr(client, method)(path, headers=headers, follow=True)
    return client.get(answer.headers["HX-Redirect"]) if "HX-Redirect" in answer.headers else answer


def _is_never_taken(answer, method):
    """The address takes no such method from anybody, which tells nothing about the object."""
    return answer.status_code == 405 and method.upper() not in answer.headers["Allow"]


@pytest.mark.parametrize("role", [Role.SUPPORT, Role.ADMIN])
def test_what_a_role_may_see_of_others_is_what_the_table_says(owned, role):
    _, ids = owned
    other = signed_in(person("otto@example.com", role))
    for address in every_address(**ids):
        if address.name in ALLOWED[role] and address.name not in ONLY_BY_POST:
            assert other.get(address.path).status_code == 200, address.name


@covers("E-B01")
def test_asking_for_what_is_somebody_elses_leaves_a_trace_and_a_mistyped_id_does_not(owned):
    _, ids = owned
    other = signed_in(person("otto@example.com"))
    before = len(audit.recent())
    other.get(f"/profiles/{ids['profile_id']}/")
    other.post(f"/calls/{ids['attempt_id']}/delete/", headers=HTMX)
    other.get(f"/profiles/{NOBODYS}/")
    new = audit.recent()[: len(audit.recent()) - before]
    told = [(entry.who, entry.action, entry.object_kind, entry.object_id, entry.result, entry.address) for entry in new]
    who = ("otto@example.com", "asked for another's")
    assert told == [
        (*who, "attempt", ids["attempt_id"], "refused", "127.0.0.1"),
        (*who, "profile", ids["profile_id"], "refused", "127.0.0.1"),
    ]


@pytest.mark.parametrize("person_id", ["1", "999999", str(10**30)])
@pytest.mark.parametrize("role", [Role.INTEGRATOR, Role.SUPPORT])
def test_people_and_the_audit_trail_are_not_there_for_who_does_not_administer(role, person_id):
    client = signed_in(person("otto@example.com", role))
    for path in ("/people/", "/people/audit/"):
        assert client.get(path).status_code == 404
    for data in ({}, {"link": "1"}, {"role": "admin", "active": "1"}):
        assert client.post(f"/people/{person_id}/", data).status_code in ((404, 302) if not data else (404,))
    assert "admin" not in Person.objects.get(email="otto@example.com").roles


@pytest.mark.parametrize("method", ["get", "post"])
@covers("E-B02")
def test_without_signing_in_only_the_listed_addresses_answer(owned, client, method):
    _, ids = owned
    answers = {one.name: getattr(client, method)(one.path) for one in every_address(**ids)}
    closed = {
        name
        for name, answer in answers.items()
        if answer.status_code == 401 or answer.headers.get("Location", "").startswith("/accounts/login/?next=")
    }
    assert answers.keys() - closed <= OPEN_TO_STRANGERS
    assert len(closed) > 50
    assert not [name for name, answer in answers.items() if answer.status_code >= 500]


@pytest.mark.parametrize("has_session", [True, False])
@pytest.mark.parametrize("token", [None, "wrong", "x" * 64])
@covers("E-B03")
def test_a_post_without_the_right_token_is_refused_by_every_address(owned, has_session, token):
    actor, ids = owned
    strict = signed_in(actor, enforce_csrf_checks=True) if has_session else Client(enforce_csrf_checks=True)
    strict.cookies[configured.CSRF_COOKIE_NAME] = "y" * 32
    data = {"csrfmiddlewaretoken": token} if token else {}
    statuses = {one.name: strict.post(one.path, data).status_code for one in every_address(**ids)}
    # The pages that take large files check the token in their view, and a stranger is sent to sign in before that.
    sent_to_sign_in = (
        set()
        if has_session
        else {
            *("inspect", "triage", "case-import", "case-evidence", "call-import"),
            *("api-operations", "api-from-document"),
            *("profile-call", "profile-call-check", "profile-copy", "profile-practise", "profile-request-save"),
        }
    )
    assert {name for name, status in statuses.items() if status != 403} == sent_to_sign_in
    assert all(statuses[name] == 302 for name in sent_to_sign_in)


@covers("E-B04")
def test_every_answer_has_the_safe_headers(owned):
    actor, ids = owned
    client = signed_in(actor)
    for address in every_address(**ids):
        for answer in (client.get(address.path), client.get(address.path, headers=HTMX), client.post(address.path)):
            headers, where = answer.headers, (address.name, answer.status_code)
            is_shut = address.name in SHUT_IN and answer.status_code == 200
            policy = SHUT if is_shut else CSP
            assert sorted(headers["Content-Security-Policy"].split("; ")) == sorted(policy.split("; ")), where
            assert headers["X-Content-Type-Options"] == "nosniff", where
            stricter = address.name == "ends-calendar" and answer.status_code != 405
            assert headers["Referrer-Policy"] == ("no-referrer" if stricter else "same-origin"), where
            assert headers["Cross-Origin-Opener-Policy"] == "same-origin", where
            assert headers["Cross-Origin-Resource-Policy"] == "same-origin", where
            assert "camera=()" in headers["Permissions-Policy"], where
            assert "no-store" in headers["Cache-Control"], where
        client.force_login(Person.objects.get(pk=actor.user_id))


@covers("E-B05")
def test_after_ten_wrong_passwords_the_right_one_is_refused_and_known_names_answer_as_unknown_ones(time_machine):
    time_machine.move_to(clock.now(), tick=False)  # a page tells for how many seconds more no password is looked at
    person("known@example.com")
    told = {}
    for number, name in enumerate(("known", "unknown"), 1):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        login = {"login": f"{name}@example.com", "password": "wrong horse battery"}
        answers = [client.post("/accounts/login/", login) for _ in range(10)]
        told[name] = [(answer.status_code, _problems(answer)) for answer in answers]
        right = client.post("/accounts/login/", {**login, "password": PASSWORD})
        assert right.status_code in (200, 429)
        assert "_auth_user_id" not in client.session
    assert told["known"] == told["unknown"]
    assert told["known"][0] != told["known"][-1], "the tenth attempt is told to wait"


def _problems(answer):
    """The text of the page without what differs in every answer."""
    text = re.sub(r"[\d-]{10} [\d:]{8} UTC", "", answer.content.decode())
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip()


@pytest.mark.parametrize("there", ELSEWHERE)
@covers("E-B06")
def test_a_next_that_leads_elsewhere_ends_on_a_page_of_the_console(there):
    actor = with_samples()
    login = {"login": actor.email, "password": PASSWORD}
    tries = [
        lambda client: client.post("/accounts/login/?next=" + there, login),
        lambda client: client.post("/accounts/login/", {**login, "next": there}),
        lambda client: client.post("/accounts/login/", login, headers={"Referer": there.strip(), "Host": "testserver"}),
        lambda client: client.post("/accounts/login/", {**login, "next": there}, headers=HTMX),
    ]
    for attempt in tries:
        answer = attempt(Client())
        _stays_here(answer)
        assert answer.status_code in (200, 302)
    inside = signed_in(actor)
    _stays_here(inside.get("/accounts/login/", {"next": there}))
    _stays_here(inside.post("/accounts/logout/", {"next": there}))
    _stays_here(Client().get("/accounts/reauthenticate/", {"next": there}))


def _stays_here(answer):
    for name in ("Location", "HX-Redirect", "HX-Location"):
        place = answer.headers.get(name, "/")
        assert urlsplit(place).netloc in ("", "testserver"), place
        assert place.startswith(("/accounts/", "/profiles/", "/cases/", "/", "http://testserver/")), place
        assert not place.startswith(("//", "/\\")), place


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_forms_address_opened_as_a_page_says_what_to_do(owned, headers):
    """After signing in again the browser is sent back to where the form went."""
    actor, ids = owned
    answer = signed_in(actor).get(f"/profiles/{ids['profile_id']}/secret/", headers=headers)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    assert "Go back to the page with the form, and send it again." in answer.content.decode()


def test_the_access_log_is_given_a_path_without_what_signs_somebody_in(client):
    asked = ("sign-in/a-token/", "ends/calendar/a-token.ics", "inspect/?token=secret")
    answers = [client.get(f"/{path}") for path in asked]
    told = [answer.wsgi_request.environ["console.address"] for answer in answers]
    assert told == ["/sign-in/***/", "/ends/calendar/***", "/inspect/"]
