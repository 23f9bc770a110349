"""XML indented: each element on a line of its own, nothing but blanks between them changed; "" for what is none."""

import re

import pytest

from console.core.answer.xml_indent import DEEPEST, indented_xml, is_xml, paired, pieces_of

LIMIT = 4_000_000
SOAP = """<?xml version="1.0"?>
<s:Envelope xmlns:s="urn:s"><s:Body><!-- a > b --><order id="1" note='a "b" > c'><line/>
<name>Nordhavn &amp; Co</name><empty></empty>
</order><p>some <b>bold</b>
 text</p><![CDATA[<x>]]></s:Body></s:Envelope>"""


def test_elements_stand_on_lines_of_their_own_and_text_as_it_came():
    text = SOAP.replace("<![CDATA[<x>]]>", "")
    assert indented_xml(text, limit=LIMIT).split("\n") == [
        '<?xml version="1.0"?>',
        '<s:Envelope xmlns:s="urn:s">',
        "  <s:Body>",
        "    <!-- a > b -->",
        """    <order id="1" note='a "b" > c'>""",
        "      <line/>",
        "      <name>Nordhavn &amp; Co</name>",
        "      <empty></empty>",
        "    </order>",
        "    <p>some <b>bold</b>",
        " text</p>",
        "  </s:Body>",
        "</s:Envelope>",
    ]


def test_an_element_with_text_of_its_own_is_not_broken_up():
    assert "<s:Body><!-- a > b --><order" in indented_xml(SOAP, limit=LIMIT)


@pytest.mark.parametrize("text", [SOAP, "<a>" * 200 + "</a>" * 200, "<!DOCTYPE a [<!ENTITY x '>'>]><a>&x;</a>", "<a/>"])
def test_only_blanks_between_tags_change(text):
    def without(one):
        return re.sub(r"\s+", "", one)

    found = indented_xml(text, limit=LIMIT)
    assert without(found) == without(text)
    assert max(len(line) - len(line.lstrip()) for line in found.split("\n")) <= 2 * DEEPEST


@pytest.mark.parametrize(
    "text",
    ["", "words", "<a><b></a></b>", "<a>", "</a>", "<a></a>words", "<br><p></p>", "<a", "<!-- <a/>", '<a b="<"/>',
     "<a><", "<!", "<?"],
)  # fmt: skip
def test_what_is_not_well_formed_is_left_as_it_is(text):
    assert indented_xml(text, limit=LIMIT) == ""


@pytest.mark.parametrize("text", ['<a b="' * 50_000, "<" * 300_000, "<a '" * 50_000, "<a>" * 100_000, "<!--" * 50_000])
def test_what_is_made_to_be_slow_is_not(text):
    assert indented_xml(text, limit=LIMIT) == ""


def test_more_than_may_be_shown_is_not_indented():
    text = "<a>" + "<b></b>" * 10 + "</a>"
    assert indented_xml(text, limit=200)
    assert indented_xml(text, limit=50) == ""


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"<a/>", "application/xml; charset=utf-8", True),
        (b" <a/>", "application/soap+xml", True),
        (b"<?xml version='1.0'?><a/>", "", True),
        (b"<a/>", "text/html", False),
        (b'{"a": 1}', "application/xml", False),
        (b"", "application/xml", False),
    ],
)
def test_xml_is_told_by_its_name_or_its_beginning(body, content_type, expected):
    assert is_xml(body, content_type) is expected


class Pieces(list):
    """Of which only a few are taken at a time: whoever copies what an element holds, for each, works on it squared."""

    def __getitem__(self, place):
        assert not isinstance(place, slice) or len(range(*place.indices(len(self)))) <= 2
        return super().__getitem__(place)


def test_how_deep_elements_stand_within_each_other_costs_nothing_more():
    text = "<a>" * 300 + "<b>x</b>" + "</a>" * 300
    assert len(paired(Pieces(pieces_of(text)), text)) == 301
