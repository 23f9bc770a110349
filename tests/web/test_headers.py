"""What every answer carries, whoever asks and whatever happens."""

import pytest
from django.conf import settings as configured
from django.test import Client

from console.core.actor import Role
from console.models import Person
from console.store import audit
from tests.store import builders

pytestmark = pytest.mark.django_db

CSP = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
}
PATHS = ["/", "/accounts/login/", "/healthz", "/nothing-here/", "/sign-in/unknown/", "/inspect/", "/%00"]


@pytest.fixture
def ada():
    return Person.objects.get(pk=builders.person("ada", Role.ADMIN).user_id)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("is_signed_in", [False, True])
def test_every_answer_is_not_stored_and_tells_no_other_site(client, ada, path, is_signed_in):
    if is_signed_in:
        client.force_login(ada)
    headers = client.get(path).headers
    assert headers["Cache-Control"] in ("no-store, private", "max-age=0, no-cache, no-store, must-revalidate, private")
    assert "no-store" in headers["Cache-Control"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    if path != "/%00":
        assert set(headers["Content-Security-Policy"].split("; ")) == CSP
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert "camera=()" in headers["Permissions-Policy"]
    if path not in ("/%00", "/healthz"):
        assert headers["X-Frame-Options"] == "DENY"


def test_a_nul_in_the_path_is_answered_plainly(client):
    answer = client.get("/inspect/%00")
    assert (answer.status_code, answer.content) == (400, b"The address holds a NUL character.\n")


def test_static_files_may_be_cached_and_are_not_sent_as_something_else(client):
    answer = client.get("/static/css/base.css")
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content)
    answer.close()
    assert answer.headers["Cache-Control"] == "max-age=300, public"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/profiles/", "/inspect/", "/calls/", "/apis/", "/cases/", "/people/"])
def test_nobody_sees_a_page_before_signing_in(client, path):
    answer = client.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/accounts/login/?next={path}")


def test_cookies_of_a_session_cannot_be_read_by_scripts(client, ada):
    client.force_login(ada)
    client.get("/accounts/login/")
    session = client.cookies[configured.SESSION_COOKIE_NAME]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Lax", "/")


@pytest.mark.parametrize(("idle_s", "is_in"), [(2699, True), (2700, True), (2701, False)])
def test_who_was_away_for_45_minutes_signs_in_again(client, ada, time_machine, idle_s, is_in):
    time_machine.move_to(builders.NOW, tick=False)
    client.force_login(ada)
    client.get("/inspect/")
    time_machine.move_to(builders.NOW + idle_s, tick=False)
    assert (client.get("/inspect/").status_code == 200) is is_in


def test_a_form_from_elsewhere_is_refused_in_words(ada):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(ada)
    answer = strict.post("/inspect/", {"text": "x"})
    assert answer.status_code == 403
    assert "did not come from a page of your current session" in answer.content.decode()


def test_a_missing_page_is_words_and_for_htmx_a_fragment(client, ada):
    client.force_login(ada)
    page, fragment = client.get("/nothing/"), client.get("/nothing/", headers={"HX-Request": "true"})
    assert page.status_code == fragment.status_code == 404
    assert "There is no page at this address." in page.content.decode()
    assert "There is no page at this address." in fragment.content.decode()
    assert "<html" in page.content.decode()
    assert "<html" not in fragment.content.decode()


def test_somebody_elses_profile_is_not_found(client, ada):
    other = builders.profile(builders.person("other"))
    client.force_login(ada)
    answer = client.get(f"/profiles/{other.id}/")
    assert answer.status_code == 404
    assert "It was deleted, or it belongs to somebody else." in answer.content.decode()


def test_a_request_that_is_too_large_is_told_the_limit(client, ada):
    client.force_login(ada)
    answer = client.post("/inspect/", {"text": "x" * 600_000})
    assert answer.status_code == 413
    assert "larger than the console accepts" in answer.content.decode()


def test_another_host_name_is_not_answered(client):
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_a_crash_shows_an_id_that_the_log_has_too_and_nothing_else(client, ada, settings, caplog):
    client.force_login(ada)
    client.raise_request_exception = False
    settings.ROOT_URLCONF = "tests.web.urls_that_crash"
    answer = client.get("/crash/")
    text = answer.content.decode()
    (record,) = [record for record in caplog.records if record.name == "console.errors"]
    assert answer.status_code == 500
    assert record.args[0] in text
    assert "canary" not in text
    assert "ValueError: canary" in caplog.text


def test_signing_in_and_out_leaves_a_trace_and_empties_the_browser(client, ada):
    ada.set_password("correct horse")
    ada.save()
    wrong = {"login": ada.email, "password": "wrong horse"}
    assert client.post("/accounts/login/", wrong).status_code == 200
    assert client.post("/accounts/login/", {**wrong, "password": "correct horse"}).status_code == 302
    answer = client.post("/accounts/logout/")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    actions = [(entry.who, entry.action, entry.address) for entry in audit.recent()]
    assert actions == [(ada.email, action, "127.0.0.1") for action in ("signed out", "signed in", "sign-in failed")]


def test_nobody_signs_up(client):
    answer = client.post("/accounts/signup/", {"email": "x@example.org", "password1": "a" * 20, "password2": "a" * 20})
    assert not Person.objects.filter(email="x@example.org").exists()
    assert answer.status_code == 404
