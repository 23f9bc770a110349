"""Variables of a profile and an environment: kept without secrets, changed by right, filled in before a call goes."""

import re
from html import unescape

import pytest

from console.core.access import SharedWith
from console.models import Attempt, AuditEntry, CallVariables, Profile
from console.services import calls, profiles, sharing
from tests.services.builders import person, with_samples
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
TYPED = {"own": "id = a/7 \n\nlevel=own", "shared": "level = shared\nhost-name = x=y", "version": "0"}
SENT = {"method": "POST", "path": "/orders/{{id}}", "query": "l={{level}}", "headers": "X-H: {{host-name}}"}


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")


@pytest.fixture
def page(profile):
    return f"/profiles/{profile.id}/"


def text_of(answer):
    return unescape(answer.content.decode()).replace("<wbr>", "")


def test_variables_are_saved_and_stand_in_what_is_sent_shown_and_copied(owner, page):
    client = signed_in(owner)
    assert client.post(f"{page}variables/", TYPED).status_code == 302
    typed = {**SENT, "body": '{"n": "{{id}}", "other": "{{unknown}}"}'}

    copied = text_of(client.post(f"{page}copy/", {**typed, "language": "python"}))
    html = text_of(client.post(f"{page}call/", typed))

    sent = calls.open_attempt(owner, str(Attempt.objects.get(kind="call").pk)).record.exchanges[-1].request
    assert sent.url.endswith("/orders/a%2F7?l=own")
    assert ("X-H", "x=y") in sent.headers
    assert sent.body == b'{"n": "a/7", "other": "{{unknown}}"}'
    assert "/orders/a%2F7?l=own" in copied
    assert 'name="path" value="/orders/{{id}}"' in html
    assert "Without a value: <code><bdi>unknown" in html or "unknown</" in html
    again = text_of(client.get(page))
    assert 'name="path" value="/orders/{{id}}"' in again
    assert "/orders/a%2F7?l=own" in again
    assert AuditEntry.objects.filter(action="variables saved").count() == 1


def test_a_name_without_a_value_keeps_an_address_from_being_sent(owner, page):
    client = signed_in(owner)
    for name in ("path", "query"):
        answer = client.post(f"{page}call/", {**SENT, "path": "/orders", "query": "", name: "x{{nobody}}"})
        assert answer.status_code == 422
        assert f"The {name} names {{{{nobody}}}}, which has no value." in text_of(answer)
    assert not Attempt.objects.filter(kind="call").exists()


def test_what_is_shared_is_of_the_same_owner_and_environment(owner, profile, page):
    client = signed_in(owner)
    client.post(f"{page}variables/", TYPED)
    others = [one for one in profiles.list_profiles(owner) if one.id != profile.id][:2]
    Profile.objects.filter(pk=others[0].id).update(environment=f" {profile.environment.upper()}")
    Profile.objects.filter(pk=others[1].id).update(environment="production")
    read = [text_of(client.get(f"/profiles/{one.id}/variables/")) for one in others]
    assert "level = shared" in read[0]
    assert "id = a/7" not in read[0]
    assert "level = shared" not in read[1]


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (
            "no value",
            "There is no “=”, so nothing tells the name from its value. Write name = value, or take the line out.",
        ),
        ("a b = 1", "Line 1: What stands before “=” is no name. Write up to 100 letters,"),
        ("a = 1\na = 2", "Line 2: a has a value in line 1 already, and stands for one alone. Take one of the two out."),
        ("a = " + "x" * 1_001, "Line 1: The value of a has 1,001 characters; at most 1,000 are kept. Shorten it."),
        ("client_secret = x", "Line 1: “client_secret” is called like a secret, and variables are not encrypted."),
        ("a = eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ", "This looks like"),
        ("\n".join(f"a{n} = 1" for n in range(51)), "These are 51 variables; at most 50 are kept. Take 1 out."),
    ],
    ids=["no value", "name", "twice", "long", "secret name", "secret", "many"],
)
def test_what_is_not_kept_is_told_and_stays_typed(owner, page, own, told):
    answer = signed_in(owner).post(f"{page}variables/", {**TYPED, "own": own})
    assert answer.status_code == 422
    assert told in text_of(answer)
    assert own[:20] in text_of(answer)
    assert not CallVariables.objects.exists()


def test_every_bad_line_is_told_and_none_of_what_stands_in_a_secret(owner, page):
    secret = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ"
    own = f"no value\ngood = 1\n\na b = 1\ngood = 2\napi_key = x\nlate = {secret}\nhid = a\u200bb"
    answer = signed_in(owner).post(f"{page}variables/", {"own": own, "shared": "also bad", "version": "0"})
    summary = text_of(answer).partition('role="alert"')[2].partition("</div>")[0]
    assert "8 things need your attention" not in summary and "7 things need your attention:" in summary
    told = (
        "Line 1: ",
        "Line 4: ",
        "Line 5: good has a value in line 2",
        "Line 6: ",
        "Line 7: This looks",
        "Line 8: A hid",
    )
    assert [one for one in told if one not in summary] == []
    assert secret not in summary and own.splitlines()[3] in text_of(answer)


def test_of_very_many_bad_lines_the_first_are_told_and_how_many_are_left(owner, page):
    answer = signed_in(owner).post(f"{page}variables/", {**TYPED, "own": "bad\n" * 13})
    assert "Line 10: " in text_of(answer) and "Line 11: " not in text_of(answer)
    assert "3 more lines are to be mended: mend these first, then send the form again to see the rest." in text_of(
        answer
    )


def test_who_saved_meanwhile_is_told_of(owner, page):
    client = signed_in(owner)
    client.post(f"{page}variables/", TYPED)
    answer = client.post(f"{page}variables/", {**TYPED, "own": "mine = 1"})
    assert answer.status_code == 422
    assert "was changed while you were editing it" in text_of(answer)
    assert "mine = 1" in text_of(answer)
    assert client.post(f"{page}variables/", {**TYPED, "own": "", "version": "2"}).status_code == 302
    assert "id = a/7" not in text_of(client.get(f"{page}variables/"))


def test_others_see_them_and_change_what_they_may(owner, profile, page):
    signed_in(owner).post(f"{page}variables/", TYPED)
    viewer, manager = person("view@example.com"), person("manage@example.com")
    for other, right in ((viewer, "view"), (manager, "manage")):
        sharing.give(owner, "profile", profile.id, SharedWith(other.user_id), right=right)
    seen = text_of(signed_in(viewer).get(f"{page}variables/"))
    assert "a/7" in seen
    assert "<textarea" not in seen
    client = signed_in(manager)
    assert "x=y" in text_of(client.get(f"{page}variables/"))
    assert client.post(f"{page}variables/", {"own": "id = 8", "shared": "level = 1", "version": "2"}).status_code == 302
    assert "level = shared" in text_of(signed_in(owner).get(f"{page}variables/"))
    assert "id = 8" in text_of(signed_in(owner).get(f"{page}variables/"))


def test_a_body_is_checked_with_its_values(owner, page):
    client = signed_in(owner)
    client.post(f"{page}variables/", TYPED)
    assert client.post(f"{page}call/check/", {**SENT, "body": "{"}, headers=HTMX).status_code == 200


def test_a_name_without_a_value_leads_to_where_it_gets_one_and_back_to_what_was_typed(owner, page):
    client = signed_in(owner)
    typed = {**SENT, "query": "", "headers": "X-H: plain\nX-Api-Key: a-secret-nobody-reads-4711"}
    told = text_of(client.post(f"{page}call/", typed))
    assert told.count(f'<a href="{page}variables/?name=id">Give it one under Variables.</a>') == 2
    asked = text_of(client.get(f"{page}variables/?name=id"))
    assert re.search(r'<textarea name="own"[^>]*>\s*id = </textarea>', asked)
    assert 'id="wanted"' in asked
    saved = client.post(f"{page}variables/", {"own": "id = 7", "shared": "", "version": "0"}, follow=True)
    again = text_of(saved)
    assert 'name="path" value="/orders/{{id}}"' in again and 'name="header_value" value="plain"' in again
    assert "a-secret-nobody-reads" not in again and "type it again before you send: the header X-Api-Key." in again
    assert 'id="wanted"' not in text_of(client.get(f"{page}variables/?name=id"))


@pytest.mark.parametrize("odd", ["a b", "<b>", "x" * 101, "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl", "a\0"])
def test_what_is_no_name_is_not_asked_for(owner, page, odd):
    html = text_of(signed_in(owner).get(f"{page}variables/", {"name": odd}))
    assert 'id="wanted"' not in html and odd not in re.search(r'<textarea name="own".*?</textarea>', html, re.S)[0]


def test_who_may_not_change_the_variables_has_no_link_to_them(owner, profile, page):
    guest = person("guest@example.com")
    sharing.give(owner, "profile", profile.id, SharedWith(guest.user_id), right="use")
    html = text_of(signed_in(guest).post(f"{page}call/", {**SENT, "query": ""}))
    assert "has no value. Give it one under Variables." in html
    assert "?name=" not in html
