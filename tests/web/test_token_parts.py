"""What is folded of a pasted token comes as it is opened, and is what the whole page holds at once."""

import html
import re

import pytest

from console.adapters import clock
from tests.core.tokens.wire import compact
from tests.services.builders import person
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db

ONE = compact({"sub": "ada@example.com", "aud": "api://<b>", "a&b": "x'\""}, signature=b"s" * 32)
OTHER = compact({"sub": "bo@example.com"}, signature=b"t" * 32)
LARGE = compact({"sub": "a", "x": "y" * 4_000})
UNSENT = ONE.replace(".", ".\u00e4", 1)  # no browser is trusted to bring that back
SIZE = re.compile(r"<summary>What each part takes, and common limits</summary>\n(.*?)</details>", re.DOTALL)
COPIES = re.compile(r"<summary>Copy: whole,[^<]*</summary>\n(.*?)</details>", re.DOTALL)
CHECKS = re.compile(r"<summary>(?:[0-9]+ checks? passed|[0-9]+ do)[^<]*</summary>\n(.*?)</details>", re.DOTALL)
PARTS = {"size": SIZE, "copies": COPIES, "checks": CHECKS}
ASKED = "/inspect/part/"


@pytest.fixture
def visitor(time_machine):
    """In one second: two answers that are compared say the same time."""
    visitor = signed_in(person("visitor@example.com"))
    time_machine.move_to(clock.now(), tick=False)
    return visitor


def shown(visitor, text, **more):
    return visitor.post("/inspect/", {"text": text}, **more).content.decode()


def asked(visitor, fragment, part, number=0):
    """What comes when the part of that token is opened, with what the page has the browser send."""
    key = f"-{number}" if number else ""
    placeholder = PARTS[part].findall(fragment)[number]
    assert f'hx-post="{ASKED}"' in placeholder
    assert f'hx-vals=\'{{"part": "{part}", "key": "{key}"}}\'' in placeholder
    assert f'hx-include="#token{key}, ' in placeholder
    sent = {"token": html.unescape(re.search(rf'id="token{key}" value="([^"]*)"', fragment)[1])}
    if part == "checks":
        assert f"#now{key}, " in placeholder
        sent["now"] = re.search(rf'id="now{key}" value="([0-9]+)"', fragment)[1]
    answer = visitor.post(ASKED, {**sent, "part": part, "key": key}, headers=HTMX)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store, private")
    return answer.content.decode().strip()


@pytest.mark.parametrize("text", [ONE, OTHER, f"{ONE}\n{OTHER}", f"Authorization: Bearer {ONE}"])
@pytest.mark.parametrize("part", PARTS)
def test_a_part_comes_as_the_whole_page_has_it(visitor, text, part):
    at_once = PARTS[part].findall(shown(visitor, text))
    fragment = shown(visitor, text, headers=HTMX)
    assert at_once
    assert not any("hx-post" in one for one in at_once)
    assert [asked(visitor, fragment, part, number) for number in range(len(at_once))] == [
        one.strip() for one in at_once
    ]


@pytest.mark.parametrize("text", [ONE, f"{ONE}\n{OTHER}"])
def test_all_but_the_folded_parts_is_the_same_on_the_page_and_in_the_fragment(visitor, text):
    fragment = re.sub(r'<input type="hidden" name="(?:token|now)"[^>]*>\n', "", shown(visitor, text, headers=HTMX))
    page = shown(visitor, text)
    for found in PARTS.values():
        page, fragment = found.sub("", page), found.sub("", fragment)
    fragment = re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", fragment).strip()
    assert fragment in re.sub(r'(name="csrfmiddlewaretoken" value=")\w+', r"\1", page)


def test_the_checks_that_come_later_are_as_of_the_moment_of_the_page(visitor, time_machine):
    text = compact({"exp": clock.now() + 60, "nbf": clock.now() - 60})
    at_once, fragment = CHECKS.findall(shown(visitor, text)), shown(visitor, text, headers=HTMX)
    time_machine.shift(120)
    assert "expiry" not in "".join(CHECKS.findall(shown(visitor, text)))  # by now it expired, and stands above them
    assert "expiry" in asked(visitor, fragment, "checks")
    assert [asked(visitor, fragment, "checks")] == [one.strip() for one in at_once]


@pytest.mark.parametrize("demands", [{"roles": "Orders.Read"}, {"keys": "given", "key_text": "{}"}])
def test_what_was_judged_by_more_than_the_general_rules_comes_with_its_checks(visitor, demands):
    fragment = visitor.post("/inspect/", {"text": ONE, **demands}, headers=HTMX).content.decode()
    assert CHECKS.search(fragment)
    assert '"part": "checks"' not in fragment
    assert '"part": "size"' in fragment


@pytest.mark.parametrize("now", ["", "x", "-1", "9" * 400, "\u00b2"])
def test_a_moment_of_another_making_is_the_present_one(visitor, now):
    sent = {"token": ONE, "part": "checks", "now": now}
    assert (
        visitor.post(ASKED, sent, headers=HTMX).content
        == visitor.post(ASKED, {**sent, "now": str(clock.now())}, headers=HTMX).content
    )


@pytest.mark.parametrize("text", [LARGE, UNSENT])
def test_what_is_large_or_broken_comes_with_everything_at_once(visitor, text):
    fragment = shown(visitor, text, headers=HTMX)
    assert SIZE.search(fragment)
    assert ASKED not in fragment


@pytest.mark.parametrize("text", ["", "no token", "x" * 300_000, "{}", "\x00"])
def test_a_part_of_what_is_no_token_is_refused_in_words(visitor, text):
    answer = visitor.post(ASKED, {"token": text, "part": "size"}, headers=HTMX)
    assert answer.status_code == 404
    assert "There is no token to show a part of." in answer.content.decode()
    assert "Paste the token into the inspector again." in answer.content.decode()


@pytest.mark.parametrize("key", ["-100", '"><b>', "x", "-1 "])
def test_a_key_of_another_making_is_not_written(visitor, key):
    answer = visitor.post(ASKED, {"token": ONE, "part": "copies", "key": key}, headers=HTMX)
    assert 'id="copy-whole"' in answer.content.decode()


def test_without_a_script_the_answer_is_a_page(visitor):
    answer = visitor.post(ASKED, {"token": ONE, "part": "size"}).content.decode()
    assert "<h1>Size of a token</h1>" in answer
    assert "sub (payload)" in answer
