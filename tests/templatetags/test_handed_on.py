"""What is handed on is text in its form and in its ticket, whatever it holds; the form is what /cases/new/ takes."""

from html.parser import HTMLParser

import pytest
from django.template import Context, Template

EVIL = "<x-evil on='1'>\"'&\u202e</pre></bdi></script><!--"
FOUND = {"case": {"evidence": EVIL, "title": EVIL, "note": ""}, "slug": EVIL, "ticket": EVIL, "id": "ticket-text-1"}


class Page(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, written):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(written)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def named(self, tag):
        return [attributes for one, attributes in self.tags if one == tag]


def written(**changes):
    page = Template("{% load handed_on %}{% handed_on found %}")
    return page.render(Context({"found": FOUND | changes, "csrf_token": "proof"}))


def test_every_text_stays_text_and_every_field_arrives_whole():
    page = Page(written())
    fields = {one["name"]: one["value"] for one in page.named("input")}
    assert fields == {"csrfmiddlewaretoken": "proof", **FOUND["case"]}
    assert page.named("form") == [{"class": "inline", "method": "post", "action": "/cases/new/"}]
    assert "x-evil" not in [tag for tag, _ in page.tags]
    assert "<x-evil on='1'>\"'&U+202E</pre></bdi></script><!--" in page.text
    assert page.named("pre")[0]["id"] == "ticket-text-1"
    assert {"data-copy-target": "#ticket-text-1"}.items() <= page.named("button")[1].items()


@pytest.mark.parametrize(
    ("changes", "tags"),
    [
        ({"case": None}, ["div", "button", "details", "summary", "pre", "bdi", "span"]),
        ({"ticket": ""}, ["div", "form", "input", "input", "input", "input", "button"]),
        ({"case": None, "ticket": ""}, ["div"]),
    ],
)
def test_what_is_not_there_is_left_out(changes, tags):
    assert [tag for tag, _ in Page(written(**changes)).tags] == tags


def test_without_a_request_the_form_has_no_proof():
    page = Template("{% load handed_on %}{% handed_on found %}").render(Context({"found": FOUND}))
    assert "csrfmiddlewaretoken" not in page


def test_a_page_that_has_the_form_already_gets_its_fields_and_its_button_alone():
    page = Template('{% load handed_on %}{% empty_case_form "of-page" %}|{% handed_on found "of-page" %}')
    form, _, below = page.render(Context({"found": FOUND | {"ticket": ""}, "csrf_token": "proof"})).partition("|")
    whole, sent, button = Page(form), Page(below).named("input"), Page(below).named("button")[0]
    assert whole.named("form") == [
        {"class": "inline", "method": "post", "action": "/cases/new/", "id": "of-page", "hidden": None}
    ]
    assert [one["name"] for one in whole.named("input")] == ["csrfmiddlewaretoken"]
    assert {one["name"]: one["value"] for one in sent} == FOUND["case"]
    assert {one["form"] for one in (*sent, button)} == {"of-page"}
    assert Page(below).named("form") == []
