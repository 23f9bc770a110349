"""Policy texts as trees: sections, places, raw expressions, and what is wrong with a broken text."""

import json
from itertools import pairwise
from pathlib import Path

import pytest

from console.core.policy.text.document import MAX_DEPTH, PolicyDocument, PolicyProblem, read_policy
from console.core.policy.text.element import walk
from console.core.policy.text.parsing import MAX_ELEMENTS
from tests.tables import failures

CASES = Path(__file__).resolve().parents[3] / "vectors" / "policy_cases" / "public"


def read(text: str) -> PolicyDocument:
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return document


def refused(text: str) -> PolicyProblem:
    problem = read_policy(text)
    assert isinstance(problem, PolicyProblem)
    return problem


def names(elements) -> list[str]:
    return [element.name for element in elements]


def test_a_whole_document_has_its_sections():
    document = read(
        "<policies><inbound><a/><b/></inbound><backend><c/></backend><outbound/><on-error><d/></on-error></policies>"
    )
    assert [(name, names(elements)) for name, elements in document.sections] == [
        ("inbound", ["a", "b"]),
        ("backend", ["c"]),
        ("outbound", []),
        ("on-error", ["d"]),
    ]
    assert document.is_whole
    assert names(document.walk_all()) == ["a", "b", "c", "d"]


def test_sections_pasted_without_their_document_are_told_apart():
    document = read("<inbound><a/></inbound><on-error><b/></on-error>")
    assert (names(document.inbound), names(document.on_error), document.is_whole) == (["a"], ["b"], False)


def test_a_section_that_stands_twice_gives_the_policies_of_both():
    assert names(read("<policies><inbound><a/></inbound><inbound><b/></inbound></policies>").inbound) == ["a", "b"]


def test_unknown_sections_of_a_document_are_kept_apart():
    document = read("<policies><inbound><a/></inbound><inbund><b/></inbund></policies>")
    assert (names(document.inbound), names(document.others)) == (["a"], ["inbund"])


def test_fragments_and_bare_elements_are_inbound_policies():
    document = read("<!-- one -->\n<fragment><a/></fragment>\n<b/> <!-- two --> <c/><?x y?>")
    assert (names(document.inbound), document.is_whole, document.others) == (["a", "b", "c"], False, ())
    assert names(document.roots) == ["fragment", "b", "c"]


def test_comments_processing_instructions_and_cdata_are_what_xml_says():
    text = "<a><!-- <b/> --><?c <d/>?> x <![CDATA[<e f='&amp;'> @(not code ]]> y </a>"
    (element,) = read(text).inbound
    assert (element.children, element.text) == ((), "x <e f='&amp;'> @(not code  y")


def test_namespaces_are_left_out_and_prefixes_stay():
    (element,) = read('<set-body xmlns="urn:a" xmlns:s="urn:b" x="1"><s:Envelope/><t:Free/></set-body>').inbound
    assert (element.attributes, names(element.children)) == ((("x", "1"),), ["s:Envelope", "t:Free"])


def test_the_repr_of_an_element_shows_no_content():
    (element,) = read("<key id='secret-id'>secret</key>").inbound
    assert "secret" not in repr(element) + repr(read("<key id='secret-id'>secret</key>"))
    assert repr(element) == "<key at line 1>"


def test_every_element_knows_where_it_stands():
    text = ' <!-- ü -->\n<policies>\n  <inbound>\n    <a b="é>"\n      >x<c/></a\n  >\n  <d ></d></inbound></policies>'
    (a, d) = read(text).inbound
    (c,) = a.children
    assert text[slice(*a.span)] == '<a b="é>"\n      >x<c/></a\n  >'
    assert text[slice(*a.inner)] == "x<c/>"
    assert (text[slice(*c.span)], c.inner) == ("<c/>", None)
    assert (text[slice(*d.span)], text[slice(*d.inner)]) == ("<d ></d>", "")
    assert (a.line, c.line, d.line) == (4, 5, 7)


def test_places_are_right_after_mended_expressions():
    text = '<a b="@(x["y"] && "é" < z)"><c>@(List<int>() && "1")</c>\n<d e=\'@("1"[\'2\'])\'/></a>'
    (a,) = read(text).inbound
    c, d = a.children
    assert text[slice(*a.span)] == text
    assert text[slice(*c.inner)] == '@(List<int>() && "1")'
    assert text[slice(*d.span)] == "<d e='@(\"1\"['2'])'/>"
    assert d.line == 2
    assert (a.attribute("b"), c.text, d.attribute("e")) == (
        '@(x["y"] && "é" < z)',
        '@(List<int>() && "1")',
        "@(\"1\"['2'])",
    )


BLOCK = """@{
    var parts = new List<string>();
    for (var i = 0; i < 40 && h != null; i++)
    {
        if (h[i] == '"' || h[i] == '}' || h[i] == ')') { continue; }   // don't copy these: " } )
        parts.Add($"{h[i]}\t{i:00}" + @"\\" + "\\"");   /* " */
    }
    return a[b[0]]>c ? "<a>" : "]]>";
}"""
RAW = [
    BLOCK,
    '@(context.Request.Method == "POST" && x < y)',
    '@(new Dictionary<string, List<int>>() { {"a", null} }["a"] == null & true)',
    '@("a" + "&nbsp" + "& b")',
    "@(x == '\"' || x == '\\'')",
    '@($"{x["a"]}<b>{{c}}</b>")',
    "@(1 & 2 << 3)",
    '@("{{named-value}}" + "<")',
]


@pytest.mark.parametrize("expression", RAW)
def test_a_raw_expression_comes_through_as_it_was_written(expression):
    quoted = read(f'<a b = "{expression}" c="d"><e>{expression}</e><f> {expression}\n<!-- g --></f></a>').inbound[0]
    assert (quoted.attribute("b"), quoted.attribute("c")) == (expression, "d")
    assert (quoted.child("e").text, quoted.child("f").text) == (expression, expression)
    (other,) = read(f"<a b=' {expression} ' c='@(\"1\"['2'])'/>").inbound
    assert other.attribute("b").strip() == expression


def test_an_expression_that_is_escaped_already_is_not_escaped_again():
    text = '<a b="@(x == &quot;&lt;&quot; &amp;&amp; y)" c="@(x == "z")"><d>@(&quot;&lt;&amp;lt;&quot;)</d></a>'
    (element,) = read(text).inbound
    assert element.attribute("b") == '@(x == "<" && y)'
    assert element.child("d").text == '@("<&lt;")'


def test_escaped_expressions_alone_need_no_mending():
    document = read('<a b="@(x == &quot;&lt;&quot; &amp;&amp; y)"/>')
    assert (document.inbound[0].attribute("b"), document.notes) == ('@(x == "<" && y)', ())


def test_mending_is_told():
    assert read('<a b="@("x")"/>').notes == (
        'In 1 policy expression the raw marks " < & were read as text, as the gateway does.',
    )
    assert read('<a b="@("x")">@(a && b)</a>').notes[0].startswith("In 2 policy expressions ")


def test_text_that_only_holds_an_expression_is_not_mended():
    assert refused('<a b="Bearer @("x")"/>').code == "not-xml"
    assert refused("<a>Bearer @(x && y)</a>").code == "not-xml"


def test_expressions_in_comments_and_cdata_are_left_alone():
    text = '<a><!-- <b c="@("1" --><![CDATA[<b c="@("1"]]><b c="@("1")"/></a>'
    (element,) = read(text).inbound
    assert (element.text, element.child("b").attribute("c")) == ('<b c="@("1"', '@("1")')


def test_no_break_spaces_between_attributes_are_read_as_blanks():
    (element,) = read('<a\u00a0b="1"\u00a0 c="\u00a0"/>').inbound
    assert element.attributes == (("b", "1"), ("c", "\u00a0"))


BROKEN = [
    ("<policies>\n<inbound>\n<a/>", 3, "<inbound> of line 2 is still open. So are <policies>.", "</inbound>"),
    ("<a>\n<b>\n</a>", 3, "<a> is closed while <b> of line 2 is still open.", "Close <b> first"),
    ("<a/>\n</b>", 2, "<b> is closed but was never opened.", "Remove the closing tag"),
    ("<a/></pasted><pasted>", 1, "<pasted> is closed but was never opened.", "Remove"),
    ('<a\n b="1" c="@(x > 1)" b="2"/>', 2, "The attribute b stands twice in one element.", "Keep one"),
    ("<a", 1, "The text ends in the middle of a tag.", "whole"),
    ('<a b="c', 1, "The text ends in the middle of a tag.", "whole"),
    ("<a>\n<!-- b", 2, "A comment that begins at line 2 is never closed.", "-->"),
    ("<a><![CDATA[b", 1, "A CDATA section is never closed.", "]]>"),
    ("<a><!-- b -- c --></a>", 1, "A comment holds two hyphens in a row", "Write one of them"),
    ('<a b="x?y=1&z=2"/>', 1, "There is an & that begins no entity.", "&amp;"),
    ("<a>\nx & y</a>", 2, "There is an & that begins no entity.", "&amp;"),
    ("<a>&nbsp;</a>", 1, "&nbsp; is no entity of XML.", "Write the character itself"),
    ('<a b="&uuml;"/>', 1, "&uuml; is no entity of XML.", "Write the character itself"),
    ("<a>&#0;</a>", 1, "A character reference (&#…;)", "Remove it."),
    (
        "<a>\n<b c='@(d)'/><validate-jwt ...></validate-jwt></a>",
        2,
        "A tag holds … where its attributes belong.",
        "dots",
    ),
    ("<a>\n<validate-jwt a='b' … />", 2, "A tag holds … where its attributes belong.", "dots"),
    ("<a b=c/>", 1, "without quotation marks", 'name="value"'),
    ("<a b=“c”/>", 1, "typographic quotation marks", 'plain ones: "'),
    ("<a>1 < 2</a>", 1, "There is a < that begins no tag", "&lt;"),
    ('<a>\n<b backend-id="<your-backend-id>"/></a>', 2, "A field of a template", "real value"),
    ('<a template="/<tenant id>/v2.0"/>', 1, "A field of a template", "real value"),
    ('<a b="@(x("y"/>', 1, "A policy expression that begins with @( or @{ is not closed", "Count its brackets"),
    ('<a>\n<b c="@(x == "1"/></a>', 2, "A policy expression that begins with @( or @{ is not closed", "Count"),
    ("no policy", 1, "The text is not XML: it has no element.", "begins with <"),
    ("<!-- only -->", None, "The text holds comments only.", "Paste"),
    ("<a/>\nand\n<b/>", 2, "There is text outside of the policy elements.", "alone"),
    ("<!-- é\n -->\n\nsee: <a/>", 4, "There is text outside of the policy elements.", "alone"),
    ("<policies/>\n<policies/>", 2, "There is more than one policy document.", "one document"),
    ("<policies/><a/>", 1, "There is more than the <policies> document.", "one document"),
]


@pytest.mark.parametrize(("text", "line", "what", "do"), BROKEN, ids=[text[:24] for text, *_ in BROKEN])
def test_a_broken_text_is_explained(text, line, what, do):
    problem = refused(text)
    assert problem.code in ("not-xml", "empty")
    assert what in problem.what
    assert do in problem.do
    assert problem.line == line


def test_a_problem_repeats_no_content():
    for text in ("<key>c2VjcmV0<</key>", "<c2VjcmV0!", '<key a="c2VjcmV0" a="c2VjcmV0"/>', "<key>c2VjcmV0", "c2VjcmV0"):
        problem = refused(text)
        assert "c2VjcmV0" not in problem.what + problem.do


def test_nesting_ends_at_a_hundred_levels():
    assert read("<a>" * MAX_DEPTH + "</a>" * MAX_DEPTH).inbound
    problem = refused("\n<a>" * (MAX_DEPTH + 1) + "</a>" * (MAX_DEPTH + 1))
    assert (problem.code, problem.line) == ("too-deep", MAX_DEPTH + 2)


def test_the_number_of_elements_is_limited():
    assert len(read("<a/>" * MAX_ELEMENTS).inbound) == MAX_ELEMENTS
    assert refused("<a/>" * (MAX_ELEMENTS + 1)).code == "too-large"


def test_the_number_of_elements_is_limited_where_expressions_are_mended_too():
    mended = '<a b="@("<")" />'
    assert len(read(mended + "<a/>" * (MAX_ELEMENTS - 1)).inbound) == MAX_ELEMENTS
    assert refused(mended + "<a/>" * MAX_ELEMENTS).code == "too-large"


@pytest.mark.parametrize(
    ("given", "count"),
    [("<!-- padding ............................. -->\n", 108_000), ("<!--" + "é" * 5_000_000 + "-->", 1)],
)
def test_five_megabytes_of_comments_do_not_matter(given, count):
    document = read(given * count + '<a b="1"/>')
    assert document.source[slice(*document.inbound[0].span)] == '<a b="1"/>'
    assert document.inbound[0].line == given.count("\n") * count + 1


def test_the_policy_of_every_public_case_is_read():
    cases = [(path.stem, json.loads(path.read_text("utf-8"))) for path in sorted(CASES.glob("*.json"))]
    assert failures(_is_read, cases) == []
    assert len(cases) == 130


def _is_read(_, case):
    text = case["policy"]
    for mark, fill in (case.get("fill") or {}).items():
        text = text.replace(mark, fill["text"] * fill["repeat"])
    found = read_policy(text)
    if isinstance(found, PolicyProblem):
        assert case["expect"]["verdict"] == "invalid_policy"
        return
    for element in walk(found.roots):
        again = read_policy(found.source[slice(*element.span)])
        assert again.roots == (element,)
    assert all(one.line <= other.line for one, other in pairwise(walk(found.roots)))
