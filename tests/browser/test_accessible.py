"""What is looked at once: a text that looks like one that was judged is not judged again, and none other is spared."""

import pytest

from tests.browser import accessible

PAGE = """<!doctype html><html lang="en"><title>T</title>
<main style="color: #000; background: #fff"><h1>Title</h1>{}</main></html>"""
GOOD = "<p>Words</p><button disabled style='color: #aaa; background: #fff'>Off</button>"
BAD = {
    "its own colour": "<p style='color: #bbb'>Words</p>",
    "the colour behind it": "<p style='background: #222'>Words</p>",
    "the colour behind what it stands in": "<div style='background: #222'><p>Words</p></div>",
    "what it stands in is nearly clear": "<div style='opacity: 0.3'><p>Words</p></div>",
    "it is like what is off, and on": "<button style='color: #aaa; background: #fff'>On</button>",
    "it lies over another": "<p style='position: absolute; top: 20em; color: #bbb'>Words</p>",
}


@pytest.fixture
def page(open_page):
    accessible._judged.clear()
    page = open_page()
    page.set_content(PAGE.format(GOOD))
    assert accessible.axe(page) == []
    return page


@pytest.mark.parametrize("body", BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_found_after_what_can_each_time(page, body):
    for _ in range(2):
        page.set_content(PAGE.format(body))
        assert [line.partition(":")[0] for line in accessible.axe(page)] == ["color-contrast"]


def test_what_was_judged_is_not_judged_again(page):
    judged = len(accessible._judged)
    page.set_content(PAGE.format(GOOD + "<ul><li>More <em>words</em></li></ul>"))
    assert accessible.axe(page) == []
    assert (judged, len(accessible._judged)) == (3, 3)  # title, words, and what is off
