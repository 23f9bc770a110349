"""From a paste to the policy text in it."""

import json

import pytest

from console.core.policy.text.document import PolicyDocument, PolicyProblem, read_policy
from console.core.policy.text.unwrapping import (
    BLANK_NOTE,
    CODE_NOTE,
    ESCAPED_NOTE,
    FENCE_NOTE,
    JSON_NOTE,
    MARK_NOTE,
    MAX_POLICY_CHARS,
    OTHER_FENCES_NOTE,
    PAGE_NOTE,
    unwrap,
)

POLICY = '<policies>\r\n\t<inbound>\r\n\t\t<check-header name="X" />\r\n\t</inbound>\r\n</policies>'
ESCAPED = POLICY.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

WRAPPED = {
    "as it is": (POLICY, ()),
    "white space": (f"\n\n  {POLICY}\n\t", ()),
    "byte-order mark": (f"\ufeff{POLICY}", (MARK_NOTE,)),
    "mark after blanks": (f" \ufeff {POLICY}", (MARK_NOTE,)),
    "no-break spaces": (f"\u00a0 {POLICY}\u200b\u00a0", (BLANK_NOTE,)),
    "written no-break spaces": (f"&nbsp;&#160; {POLICY}&nbsp;\n", (BLANK_NOTE,)),
    "XML declaration": (f"<?xml version='1.0' encoding='utf-16'?>\n{POLICY}", ()),
    "code block": (f"```xml\n{POLICY}\n```\n", (FENCE_NOTE,)),
    "code block of waves": (f"~~~~\n{POLICY}\n~~~~", (FENCE_NOTE,)),
    "code block in a letter": (f"Here it is:\n\n```xml\n{POLICY}\n```\nGreetings", (FENCE_NOTE,)),
    "code block without end": (f"```\n{POLICY}", (FENCE_NOTE,)),
    "JSON string": (json.dumps(POLICY), (JSON_NOTE,)),
    "JSON member": ('"value": ' + json.dumps(POLICY) + ",", (JSON_NOTE,)),
    "JSON answer": (
        json.dumps({"id": "<x", "properties": {"format": "rawxml", "value": "\ufeff" + POLICY}}, indent=2),
        (JSON_NOTE, MARK_NOTE),
    ),
    "JSON list": (json.dumps({"value": [{"properties": {"value": POLICY, "note": "<b>"}}]}), (JSON_NOTE,)),
    "JSON with other name": (json.dumps({"content": POLICY}), (JSON_NOTE,)),
    "JSON angle brackets": (json.dumps(POLICY).replace("<", "\\u003c"), (JSON_NOTE,)),
    "string without its quotation marks": (json.dumps(POLICY)[1:-1], (JSON_NOTE,)),
    "escaped": (ESCAPED, (ESCAPED_NOTE,)),
    "escaped with quotation marks": (ESCAPED.replace('"', "&quot;"), (ESCAPED_NOTE,)),
    "escaped by number": (POLICY.replace("<", "&#60;").replace(">", "&#x3E;"), (ESCAPED_NOTE,)),
    "escaped in JSON": (json.dumps({"value": ESCAPED}), (JSON_NOTE, ESCAPED_NOTE)),
    "escaped with no-break spaces": (ESCAPED.replace("\t", "&nbsp;"), (ESCAPED_NOTE,)),
    "a page": (f"<p>So:</p>\n<pre><code>{ESCAPED}</code></pre>", (PAGE_NOTE, CODE_NOTE)),
    "a page with colours": (
        "<pre>" + ESCAPED.replace("&lt;inbound&gt;", '<span class="k">&lt;inbound&gt;</span>') + "</pre>",
        (PAGE_NOTE,),
    ),
    "remarks of a program": (
        "/// <example>\r\n" + "\r\n".join(f"/// {one}" for one in ESCAPED.splitlines()) + "\r\n/// </example>",
        (PAGE_NOTE,),
    ),
    "ARM template": (
        json.dumps({"properties": {"value": "[concat('" + POLICY.replace("X", "', 'X', '") + "')]"}}),
        (JSON_NOTE,),
    ),
    "ARM template with format": (
        json.dumps({"properties": {"value": "[format('" + POLICY.replace("X", "{0}") + "', 'X')]"}}),
        (JSON_NOTE,),
    ),
    "JSON in a code block": (f"```json\n{json.dumps(POLICY)}\n```", (FENCE_NOTE, JSON_NOTE)),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_a_policy_is_found_in_what_surrounds_it(name):
    text, notes = WRAPPED[name]
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    assert document == read_policy(POLICY)
    assert document.notes == notes
    (element,) = document.inbound
    assert document.source[slice(*element.span)] == '<check-header name="X" />'


def test_of_several_code_blocks_the_whole_document_is_read_and_the_others_are_told():
    document = read_policy(f"First:\n```xml\n<base />\n```\nthen:\n```xml\n{POLICY}\n```\n")
    assert document == read_policy(POLICY)
    assert document.notes == (FENCE_NOTE, OTHER_FENCES_NOTE)


def test_what_an_arm_template_puts_in_is_a_field():
    arm = (
        "[concat('<validate-azure-ad-token tenant-id=\"', parameters('tenantId'), '\" it=\"it''s ', concat(1), '\"/>')]"
    )
    (element,) = read_policy(json.dumps({"value": arm})).inbound
    assert element.attributes == (("tenant-id", "{{tenantId}}"), ("it", "it's {{computed-1}}"))


def test_the_source_is_the_paste_unless_it_was_decoded():
    assert read_policy(f"\ufeff {POLICY} ").source == f"\ufeff {POLICY} "
    assert read_policy(f"```\n{POLICY}\n```").source == f"```\n{POLICY}\n```"
    assert read_policy(ESCAPED).source == POLICY
    assert read_policy(json.dumps(POLICY)).source == POLICY


def test_only_the_outer_escapes_are_undone():
    document = read_policy("&lt;a b=&quot;x &amp;amp; y&quot;&gt;&amp;lt;c&amp;gt;&lt;/a&gt;")
    (element,) = document.inbound
    assert (element.attribute("b"), element.text) == ("x & y", "<c>")


REFUSED = [
    ("", "empty", None),
    (" \ufeff&nbsp;\n", "empty", None),
    ("```\n```", "empty", None),
    ("x" * (MAX_POLICY_CHARS + 1), "too-large", None),
    ("<a>\n\x00</a>", "not-xml", 2),
    ("<a>\ud800</a>", "not-xml", 1),
    ("<a>\ufffe</a>", "not-xml", 1),
    ("<a>\x1b[0m</a>", "not-xml", 1),
    ("&lt;a&gt;&#xD800;&lt;/a&gt;", "not-xml", 1),
    ("&amp;lt;a/&amp;gt;", "not-xml", 1),
    (ESCAPED.replace("&", "&amp;"), "not-xml", 1),
    (json.dumps([{"value": "<a/>"}, {"value": "<b/>"}]), "not-xml", None),
    ('{"value": 1}', "not-xml", 1),
    ('{"value": "<a/>"', "not-xml", 1),
    ("[" * 100_000, "not-xml", 1),
    ('{"a":' * 100_000, "not-xml", 1),
    ("Authorization: Bearer is required", "not-xml", 1),
    ("eyJhbGciOiJub25lIn0.e30.", "not-xml", 1),
]


@pytest.mark.parametrize(("text", "code", "line"), REFUSED, ids=lambda value: str(value)[:20])
def test_what_holds_no_policy_is_named(text, code, line):
    problem = read_policy(text)
    assert isinstance(problem, PolicyProblem)
    assert (problem.code, problem.line) == (code, line)
    assert problem.what.endswith(".") and problem.do.endswith(".")


def test_the_largest_text_is_still_read():
    assert isinstance(read_policy("<a/>" + " " * (MAX_POLICY_CHARS - 4)), PolicyDocument)


HIDDEN = [
    "<!DOCTYPE a><a/>",
    '<!DOCTYPE a SYSTEM "file:///etc/hostname"><a/>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://127.0.0.1/"> %x;]><a/>',
    "<?xml version='1.0'?><!DOCTYPE a><a/>",
    "<!-- a --><!DOCTYPE a><a/>",
    "<!doctype html><a/>",
    "<a/><!DOCTYPE a><b/>",
    '<a><!ENTITY x "y"></a>',
    '<a b="@("x")"/><!DOCTYPE a>',
    "&lt;!DOCTYPE a&gt;&lt;a/&gt;",
    "&#60;!DOCTYPE a>&#60;a/>",
    "&amp;lt;!DOCTYPE a&amp;gt;&amp;lt;a/&amp;gt;",
    "&amp;amp;lt;!DOCTYPE a>",
    json.dumps("<!DOCTYPE a><a/>").replace("<", "\\u003c"),
    json.dumps({"value": "&lt;!DOCTYPE a&gt;&lt;a/&gt;"}),
    "```\n<!DOCTYPE a><a/>\n```",
]


@pytest.mark.parametrize("text", HIDDEN)
def test_a_document_type_is_refused_wherever_it_hides(text):
    problem = read_policy(text)
    assert isinstance(problem, PolicyProblem)
    assert problem.code == "unsafe"
    assert "DOCTYPE" in problem.do


def test_a_document_type_in_text_is_only_text():
    assert isinstance(read_policy("<a><![CDATA[<!DOCTYPE a>]]></a>"), PolicyDocument)
    assert isinstance(read_policy("<a><!-- <!DOCTYPE a> --></a>"), PolicyDocument)
    assert isinstance(read_policy("<a>&lt;!DOCTYPE a></a>"), PolicyDocument)


def test_unwrapping_tells_lines_of_the_source():
    pasted = unwrap("a\n```\n<a/>")
    assert pasted.text == "<a/>"
    assert pasted.line_of(pasted.start) == 3


@pytest.mark.parametrize("mark", ["`", "~", " ", "`\n", "x\n```"])
def test_a_text_of_marks_alone_is_read_in_one_pass(mark):
    assert isinstance(read_policy("x\n" + mark * (2_000_000 // len(mark))), PolicyProblem)
