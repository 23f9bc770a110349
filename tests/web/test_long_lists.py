"""Long lists: fifty at a time, looked through by words; short ones as they were."""

import re

import pytest
from django.test import RequestFactory

from console.adapters import clock
from console.core.actor import Role
from console.core.api import Api, Expectation
from console.services import groups
from console.store import apis, people
from console.web.long_lists import AT_ONCE, FEW, list_page
from tests.services.builders import person
from tests.store import builders
from tests.web.people import prove, signed_in

NAMES = [f"Thing {number:03}" for number in range(120)]


def found(query="", rows=NAMES, **options):
    return list_page(RequestFactory().get(f"/?{query}"), rows, str, url="/things/", **options)


def test_a_long_list_begins_with_its_first_fifty():
    first = found()
    assert first.rows == tuple(NAMES[:AT_ONCE])
    assert (first.shown, first.before, first.more) == ("1 to 50 of 120", "", "/things/?from=50")
    assert first.is_looked_for


def test_each_link_leads_on_and_back():
    second = found("from=50")
    assert (second.rows, second.before, second.more) == (tuple(NAMES[50:100]), "/things/?from=0", "/things/?from=100")
    last = found(second.more.partition("?")[2])
    assert (last.rows, last.before, last.more, last.shown) == (
        tuple(NAMES[100:]),
        "/things/?from=50",
        "",
        "101 to 120 of 120",
    )


def test_a_short_list_is_shown_whole_and_not_looked_through():
    short = found(rows=NAMES[:FEW])
    assert (short.rows, short.more, short.is_looked_for) == (tuple(NAMES[:FEW]), "", False)


def test_every_word_has_to_stand_somewhere_in_whatever_case():
    rows = ["Ådne Berg", "Berg und Tal", "Straße 9"]
    assert found("q=BERG+%C3%A5dne", rows).rows == ("Ådne Berg",)
    assert found("q=STRASSE", rows).rows == ("Straße 9",)
    none = found("q=fjord", rows)
    assert (none.rows, none.count, none.total, none.shown, none.is_looked_for) == ((), 0, 3, "", True)


def test_the_words_go_along_to_the_next_page():
    assert found("q=thing").more == "/things/?q=thing&from=50"


@pytest.mark.parametrize("start", ["99999", "-1", "²", "x", "", "9" * 5000])
def test_a_beginning_that_is_none_shows_what_there_is(start):
    assert found(f"from={start}").rows


def test_the_row_that_is_wanted_is_among_them():
    assert "Thing 077" in found(holding=lambda one: one == "Thing 077").rows
    assert found("from=100", holding=lambda one: one == "nobody").rows == tuple(NAMES[100:])


def test_what_is_no_text_is_refused_in_words_and_looks_for_nothing():
    refused = found("q=%00")
    assert refused.form.errors
    assert refused.rows == tuple(NAMES[:AT_ONCE])
    assert refused.words == ""


def shown_in(html):
    return re.findall(r"[A-Za-z]+ \d{3}|p\d{3}@example\.com", html)


@pytest.fixture
def boss(db):
    return person("boss@example.com", Role.ADMIN, Role.INTEGRATOR)


def make_people(boss, count):
    for number in range(count):
        people.create_person(f"p{number:03}@example.com", display_name="", roles=[], password=None, now=clock.now())


def make_profiles(boss, count):
    for number in range(count):
        builders.profile(boss, name=f"Profile {number:03}")


def make_apis(boss, count):
    for number in range(count):
        wanted = Api("", 0, f"Api {number:03}", f"https://a{number}.example", Expectation())
        apis.create(boss, wanted, id=builders.new_id(), now=clock.now())


def make_groups(boss, count):
    for number in range(count):
        groups.make(boss, f"Team {number:03}")


LISTS = {
    "/people/": (make_people, "p059@example.com"),
    "/profiles/": (make_profiles, "Profile 059"),
    "/apis/": (make_apis, "Api 059"),
    "/people/groups/": (make_groups, "Team 059"),
}


@pytest.mark.django_db
@pytest.mark.parametrize("path", LISTS)
def test_each_list_of_many_is_shown_in_pages_and_looked_through(boss, path):
    make, far = LISTS[path]
    make(boss, 60)
    client = signed_in(boss)
    first = client.get(path)
    html = first.content.decode().replace("<wbr>", "")
    assert far not in html
    assert re.search(rf'<a [^>]*rel="next"[^>]*href="{path}\?from=50">More</a>', html)
    assert far in client.get(path, {"from": "50"}).content.decode().replace("<wbr>", "")
    looked = client.get(path, {"q": far}).content.decode().replace("<wbr>", "")
    assert set(shown_in(looked)) == {far}
    nothing = client.get(path, {"q": "nowhere"})
    assert nothing.status_code == 200
    assert "has this word" in nothing.content.decode()
    assert client.get(path, {"q": "a\0b"}).status_code == 422


@pytest.mark.django_db
def test_of_many_profiles_the_home_page_shows_twenty_and_the_way_to_all(boss):
    make_profiles(boss, 21)
    html = signed_in(boss).get("/").content.decode()
    assert html.count('class="row-name') == 20
    assert "All 21 profiles" in html


@pytest.mark.django_db
def test_whose_roles_were_saved_or_refused_is_on_the_page_that_comes(boss):
    make_people(boss, 60)
    far = people.find("p059@example.com")
    client = prove(signed_in(boss))
    refused = client.post(f"/people/{far.user_id}/", {})
    assert refused.status_code == 422
    assert re.findall(r'<form [^>]*role="search"[^>]*>', refused.content.decode())[0].count('action="/people/"') == 1
    for link in re.findall(r'id="(?:before|more)" href="([^"]+)"', refused.content.decode()):
        assert client.get(link).status_code == 200  # the page stands at an address that takes no question
    assert f'<details id="person-{far.user_id}" open>' in refused.content.decode()
    saved = client.post(f"/people/{far.user_id}/", {"role": ["support"], "active": "1"})
    assert saved.headers["Location"] == f"/people/?of={far.user_id}#person-{far.user_id}"
    page = client.get(saved.headers["Location"].partition("#")[0]).content.decode()
    assert f'<details id="person-{far.user_id}" open>' in page
