"""What was typed outlives the session: sealed in the answer alone, sent again after signing in, and nobody else's."""

import re
from urllib.parse import urlencode

import pytest
from django.conf import settings as configured
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from console.models import Case, Person, Profile
from console.services import held
from tests.services.builders import PASSWORD, person
from tests.web.people import owned, signed_in

__all__ = ["owned"]  # a fixture

pytestmark = pytest.mark.django_db
HERE = {"Sec-Fetch-Site": "same-origin"}
SECRET = "canary-typed-secret-91c2"
PROFILE = {
    "name": "Typed at lunch", "environment": "", "provider": "entra:global", "tenant": "contoso.example",
    "client_id": "0a000000-0000-4000-8000-000000000001", "api_id": "", "scope": "api://orders/.default",
    "version": "",
}  # fmt: skip


def sealed_in(answer):
    return re.search(r'name="held_form" value="([^"]+)"', answer.content.decode())[1]


def token_in(answer):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', answer.content.decode())[1]


def test_what_was_typed_after_the_session_ended_is_saved_after_signing_in_again():
    ina = person()
    browser = Client()
    answer = browser.post("/profiles/new/", PROFILE, headers=HERE)
    assert answer.status_code == 401
    assert "You were signed out; what you typed is still here" in answer.content.decode()
    browser.force_login(Person.objects.get(pk=ina.user_id))
    saved = browser.post("/profiles/new/", {"held_form": sealed_in(answer)}, headers=HERE)
    assert saved.status_code == 302, saved.content.decode()
    assert Profile.objects.get().name == "Typed at lunch"


def test_without_scripts_the_form_goes_through_sign_in_and_the_changed_value_against_forgery():
    person()
    browser = Client(enforce_csrf_checks=True)
    first = token_in(browser.get("/accounts/login/"))
    out = browser.post("/profiles/new/", {**PROFILE, "csrfmiddlewaretoken": first}, headers=HERE)
    assert out.status_code == 401
    login = {"login": "ina@example.com", "password": PASSWORD, "csrfmiddlewaretoken": first, "next": "/go-back/"}
    assert browser.post("/accounts/login/", login).headers["Location"] == "/go-back/"
    assert "go back to the other tab" in browser.get("/go-back/").content.decode()
    old = {"held_form": sealed_in(out), "csrfmiddlewaretoken": token_in(out)}
    again = browser.post("/profiles/new/", old, headers=HERE)
    assert again.status_code == 403
    assert "Send it now?" in again.content.decode()
    new = {"held_form": sealed_in(again), "csrfmiddlewaretoken": token_in(again)}
    assert browser.post("/profiles/new/", new, headers=HERE).status_code == 302
    assert Profile.objects.get().name == "Typed at lunch"


def test_a_form_with_a_mistake_comes_back_filled():
    ina = person()
    browser = Client()
    out = browser.post("/profiles/new/", {**PROFILE, "client_id": ""}, headers=HERE)
    browser.force_login(Person.objects.get(pk=ina.user_id))
    again = browser.post("/profiles/new/", {"held_form": sealed_in(out)}, headers=HERE)
    assert again.status_code == 422
    assert 'value="Typed at lunch"' in again.content.decode()


@pytest.mark.parametrize("name", ["api-new", "profile-handover", "inspect", "policy"])
def test_nothing_typed_stands_in_clear_in_page_session_or_cookie(owned, name):
    from tests.web.url_map import every_address

    path = next(one.path for one in every_address() if one.name == name)
    browser = Client()
    answer = browser.post(path, {"text": SECRET, "handover": SECRET, "policy": SECRET, "name": SECRET}, headers=HERE)
    assert answer.status_code == 401
    everywhere = answer.content.decode() + str(answer.headers) + str(dict(browser.session)) + str(browser.cookies)
    assert SECRET not in everywhere
    assert "as you typed it: 24 characters" in answer.content.decode()


def test_the_paste_box_reads_what_was_held(owned):
    actor, _ = owned
    browser = Client()
    out = browser.post("/inspect/", {"text": "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjYW5hcnkifQ."}, headers=HERE)
    browser.force_login(Person.objects.get(pk=actor.user_id))
    carried = urlencode({"held_form": sealed_in(out)})
    answer = browser.post("/inspect/", carried, content_type="application/x-www-form-urlencoded", headers=HERE)
    assert answer.status_code == 200
    assert "canary" in answer.content.decode()


def test_a_comment_outlives_the_session(owned):
    actor, ids = owned
    browser = Client()
    out = browser.post(f"/cases/{ids['case_id']}/", {"text": "A long thought"}, headers=HERE)
    browser.force_login(Person.objects.get(pk=actor.user_id))
    assert browser.post(f"/cases/{ids['case_id']}/", {"held_form": sealed_in(out)}, headers=HERE).status_code == 302
    assert Case.objects.get().comments.get().text.count("A long thought") == 1


@pytest.mark.parametrize("idle_s", [2700, 2701])
def test_who_was_away_too_long_finds_the_text_again_and_only_the_same_person_does(time_machine, idle_s):
    time_machine.move_to(1_790_000_000, tick=False)
    ina, otto = person(), person("otto@example.com")
    browser = signed_in(ina)
    browser.get("/inspect/")
    time_machine.move_to(1_790_000_000 + idle_s, tick=False)
    answer = browser.post("/profiles/new/", PROFILE, headers=HERE)
    assert answer.status_code == (302 if idle_s == 2700 else 401)
    if idle_s == 2701:
        carried = {"held_form": sealed_in(answer)}
        other = signed_in(otto).post("/profiles/new/", carried, headers=HERE)
        assert (other.status_code, Profile.objects.count()) == (409, 0)
        assert "could not be brought back" in other.content.decode()
        assert signed_in(ina).post("/profiles/new/", carried, headers=HERE).status_code == 302


@pytest.mark.parametrize(
    "headers", [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}]
)
def test_what_another_site_sends_is_never_carried_on(headers):
    person()
    answer = Client().post("/profiles/new/", PROFILE, headers=headers)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/login/?next=/profiles/new/")
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post("/profiles/new/", PROFILE, headers=headers)
    assert refused.status_code == 403
    assert "held_form" not in refused.content.decode()


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/", "/sign-in/some-token/"])
def test_passwords_and_links_are_not_carried_on(path):
    strict = Client(enforce_csrf_checks=True)
    refused = strict.post(path, {"login": "ina@example.com", "password": SECRET}, headers=HERE)
    assert refused.status_code == 403
    assert "held_form" not in refused.content.decode()


@pytest.mark.parametrize("spoilt", ["x", "v1.k1.AAAA", ""])
def test_a_form_that_cannot_be_opened_is_said_or_ignored_and_does_nothing(spoilt):
    browser = signed_in(person())
    answer = browser.post("/profiles/new/", {"held_form": spoilt}, headers=HERE)
    assert answer.status_code == (409 if spoilt else 422)
    assert not Profile.objects.exists()


def test_a_form_is_opened_only_for_its_address_and_for_twelve_hours(time_machine):
    time_machine.move_to(1_790_000_000, tick=False)
    sealed = held.seal_form("a=b", path="/profiles/new/", person=None)
    assert held.open_form(sealed, path="/profiles/new/", person=7) == "a=b"
    assert held.open_form(sealed, path="/apis/new/", person=7) is None
    time_machine.move_to(1_790_000_000 + held.LIFE_S, tick=False)
    assert held.open_form(sealed, path="/profiles/new/", person=7) == "a=b"
    time_machine.move_to(1_790_000_001 + held.LIFE_S, tick=False)
    assert held.open_form(sealed, path="/profiles/new/", person=7) is None


def test_a_file_is_asked_for_again_and_what_is_too_large_is_said(owned):
    _, ids = owned
    file = SimpleUploadedFile("key.pem", b"canary-file")
    page = Client().post(
        f"/profiles/{ids['profile_id']}/key-file/", {"key_file": file, "passphrase": "p"}, headers=HERE
    )
    assert 'type="file" name="key_file"' in page.content.decode()
    assert "canary-file" not in page.content.decode()
    large = Client().post("/inspect/", {"text": "x" * 600_000}, headers=HERE)
    assert large.status_code == 401
    assert "too large to be brought back" in large.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_request_of_htmx_without_a_session_navigates_nowhere_and_says_how_to_go_on(method):
    answer = getattr(Client(), method)("/inspect/", headers={"HX-Request": "true", **HERE})
    assert answer.status_code == 401
    assert not {"HX-Redirect", "Location", "HX-Location", "HX-Refresh"} & answer.headers.keys()
    page = answer.content.decode()
    assert "your text is still here" in page
    assert 'target="_blank"' in page
    assert "<html" not in page


@pytest.mark.parametrize("path", ["/policies/", "/apis/{api_id}/policy/"])
def test_a_policy_judged_while_it_is_typed_after_the_session_ended_leaves_the_page_as_it_is(owned, path):
    actor, ids = owned
    browser, typed = signed_in(actor), {"policy": f"<policies><inbound><!-- {SECRET} -->"}
    live = {"HX-Request": "true", "HX-Target": "result", **HERE}
    here = path.format(**ids)
    assert 'id="result"' in browser.post(here, typed, headers=live).content.decode()
    browser.session.flush()
    answer = browser.post(here, typed, headers=live)
    assert answer.status_code == 401  # which htmx puts in no place of the page
    assert not {"HX-Redirect", "Location", "HX-Location", "HX-Refresh", "HX-Retarget"} & answer.headers.keys()
    assert "your text is still here" in answer.content.decode()
    assert 'id="result"' not in answer.content.decode()


def test_a_request_of_htmx_from_a_page_of_before_signing_in_says_so():
    strict = signed_in(person(), enforce_csrf_checks=True)
    answer = strict.post("/profiles/new/", PROFILE, headers={"HX-Request": "true", **HERE})
    assert answer.status_code == 403
    assert "from before you signed in" in answer.content.decode()


def test_looking_how_long_a_session_lasts_does_not_lengthen_it_and_staying_does(time_machine):
    time_machine.move_to(1_790_000_000, tick=False)
    browser = signed_in(person())
    browser.get("/inspect/")
    time_machine.move_to(1_790_000_000 + 2600, tick=False)
    assert browser.get("/session/").json()["left_s"] == 100
    assert browser.get("/session/").json()["left_s"] == 100
    assert browser.post("/session/").json()["left_s"] == configured.CONSOLE_IDLE_TIMEOUT_S
    assert browser.get("/session/").json()["email"] == "ina@example.com"


def test_nobody_is_told_that_nobody_is_signed_in():
    answer = Client().get("/session/").json()
    assert (answer["email"], answer["left_s"]) == ("", 0)
