"""Ten pastes of ten kinds, each as people have it before them: the first line of the card says what it is."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, WIDE
from tests.browser.pastes import PASTES
from tests.services.builders import person

IN_VIEW = """one => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight }"""


@pytest.mark.parametrize("kind", PASTES)
def test_the_first_line_says_what_it_is_and_nothing_secret_stands_in_the_page(
    open_page, look, site, transactional_db, kind
):
    paste = PASTES[kind]
    page = open_page(person().email, at="/inspect/", viewport=WIDE)
    page.locator("#id_text").fill(paste.text)
    page.locator("#inspect-paste").click()
    expect(page.locator("#result .diagnosis")).to_have_count(1)
    wrong = [*_wrong_in(page, paste)]
    page.set_viewport_size(NARROW)
    page.evaluate("scrollTo(0, 0)")
    wrong += [f"on a phone: {line}" for line in out_of_view(page, "#result .diagnosis")]
    assert wrong == []
    look(page, f"paste-{kind.replace(' ', '-').replace(chr(39), '')}")


def test_a_paste_is_explained_without_scripts_and_its_secret_not_repeated(open_page, site, transactional_db):
    paste = PASTES["a HAR file"]
    page = open_page(person().email, at="/inspect/", viewport=WIDE, java_script_enabled=False)
    page.locator("#id_text").fill(paste.text)
    page.locator("#inspect-paste").click()
    page.locator("#result .diagnosis").wait_for()
    assert paste.headline in page.locator("#result .diagnosis h2").inner_text()
    assert not [one for one in paste.secrets if one in page.locator("#result").inner_html()]


def _wrong_in(page, paste):
    said = page.locator("#result .diagnosis h2").inner_text()
    if paste.headline.casefold() not in said.casefold():
        yield f"the first line is {said!r}"
    named = page.locator("#result .diagnosis .chip.code").first.inner_text()
    if named != paste.cause:
        yield f"the cause is {named}"
    if "not known who answered" in page.locator("#result").inner_text():
        yield "nobody is said to have answered"
    yield from (f"{one[:6]}… stands in the page" for one in paste.secrets if one in page.content())
    yield from out_of_view(page, "#result .diagnosis")


def out_of_view(page, card):
    """What of the answer can only be seen by scrolling."""
    for part in ("h2", ".advice p"):
        if not page.locator(f"{card} {part}").first.evaluate(IN_VIEW):
            yield f"{part} is out of view"
