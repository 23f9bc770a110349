"""Find anything: what is typed stands in no address, log or answer that it should not, and who may see finds."""

from urllib.parse import urlencode

import pytest
from selectolax.lexbor import LexborHTMLParser

from console.core.actor import Role
from console.store import profiles
from tests.services.builders import person, with_samples
from tests.store import builders
from tests.web.canaries import EveryRecord, database_bytes, leaks
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db
CANARIES = {
    "token": "eyJhbGciOiJSUzI1NiJ9.eyJhdWQiOiJhcGk6Ly94In0.c2lnbmF0dXJlLW9mLXNvbWUtbGVuZ3Ro",
    "secret": "0bq8Q~x1yzABCDEFGHIJKLMNOPQRSTUVWXYZabcd",
    "random": "kJ8sdf7SDFjh34kjhSDF87sdfkjh34kjhsdf9871",
}


def tree(answer):
    assert answer.status_code == 200
    return LexborHTMLParser(answer.content.decode())


def links(answer):
    return [one.attributes["href"] for one in tree(answer).css("#things a")]


def test_whoever_may_see_a_thing_finds_it_with_its_page_and_nobody_else():
    owner = with_samples()
    profile = builders.profile(owner, name="Quite my own", environment="Production")
    address = f"/profiles/{profile.id}/"
    found = signed_in(owner).post("/find/", {"text": "quite"})
    assert links(found)[0] == address
    assert all(link.startswith(address) for link in links(found))  # the others are what may be done with it
    assert "production" in tree(found).css_first("#things .environment").attributes["class"]
    for other in (person("o@example.com"), person("s@example.com", Role.SUPPORT), person("a@example.com", Role.ADMIN)):
        assert links(signed_in(other).post("/find/", {"text": "quite my own"})) == []
        assert links(signed_in(other).post("/find/", {"text": profile.id})) == []
    profiles.delete(owner, profile.id)
    assert links(signed_in(owner).post("/find/", {"text": "quite"})) == []


def test_before_anything_is_typed_it_says_what_can_be_found():
    client = signed_in(person())
    begun = tree(client.get("/profiles/")).css_first("#palette .begun").text()
    assert "Profiles, APIs, operations, collections, cases" in begun
    assert tree(client.post("/find/", {"text": " "}, headers=HTMX)).css_first(".begun") is not None
    assert tree(client.post("/find/", {"text": "inspect"}, headers=HTMX)).css_first(".begun") is None


def test_while_one_types_only_what_was_found_is_sent():
    answer = signed_in(person()).post("/find/", {"text": "inspect"}, headers=HTMX)
    page = answer.content.decode()
    assert page.strip().startswith('<div class="things" id="things" data-said=')
    assert links(answer)[0] == "/inspect/"


def test_without_scripts_what_was_typed_stands_in_the_field_again():
    page = tree(signed_in(person()).post("/find/", {"text": '  ">zzqqzz<zzqqzz'}))
    assert page.css_first("#palette-text").attributes["value"] == '">zzqqzz<zzqqzz'
    assert page.css_first("#things .empty")


def test_every_page_has_the_way_and_only_the_page_of_its_own_has_no_second_field():
    client = signed_in(person())
    for path in ("/", "/reference/", "/find/"):
        page = tree(client.get(path))
        assert len(page.css("#palette-form")) == 1
        assert page.css_first("a#find").attributes["href"] == "/find/"  # about no thing
    assert not page.css("#palette")
    assert not LexborHTMLParser(client.__class__().get("/accounts/login/").content.decode()).css("#palette-form, #find")


@pytest.mark.parametrize("name", CANARIES)
def test_a_token_or_secret_is_told_and_is_nowhere(name):
    client, text = signed_in(person()), CANARIES[name]
    with EveryRecord() as log:
        offered = client.post("/find/", {"text": text}, headers=HTMX)
        sent_on = client.post("/find/", {"text": text})
    assert tree(offered).css_first("[data-inspect-this]").text() == "Inspect this"
    assert (sent_on.status_code, sent_on.headers["Location"]) == (307, "/inspect/")
    canaries = {name: text}
    assert leaks("the answers", f"{offered.content!r}{sent_on.content!r}{sent_on.headers}", canaries) == []
    assert leaks("the log", "\n".join((*log.plain, *log.swept)), canaries) == []
    assert leaks("the database", database_bytes(), canaries) == []


def test_the_browser_that_is_told_so_sends_the_same_form_to_inspect():
    answer = signed_in(person()).post("/find/", {"text": CANARIES["token"]}, follow=True)
    assert answer.redirect_chain == [("/inspect/", 307)]
    assert "api://x" in answer.content.decode()


@pytest.mark.parametrize("text", ["", " ", "\x00", "\ud800", "x" * 100_000, "%", "'", "#0", "#999999999999"])
def test_anything_may_be_typed(text):
    body = urlencode({"text": text.encode("utf-8", "surrogatepass")})
    kind = "application/x-www-form-urlencoded"
    answer = signed_in(with_samples()).post("/find/", body, content_type=kind, headers=HTMX)
    assert answer.status_code == 200
