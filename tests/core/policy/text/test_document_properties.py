"""Any text is answered, and what is read is what stands there."""

from functools import partial
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.core.policy.text.document import PolicyDocument, PolicyProblem, read_policy
from console.core.policy.text.element import Element, walk
from tests.core.policy.work import calls_of

PIECES = [
    "<a>", "</a>", "<b/>", "<policies>", "</policies>", "<inbound>", "</inbound>", '<a b="', "<a b='", '"', "'", '"/>',
    "'/>", ">", "<", "&", "&lt;", "&gt;", "&quot;", "&amp;", "@(", "@{", ")", "}", "{{", "}}", "<!--", "-->", "--",
    "<![CDATA[", "]]>", "<?", "?>", "<!DOCTYPE a>", "\\", "\\n", "=", " ", "\n", "\r\n", "\u00a0", "\ufeff", "é",
    "\U0001f600", "\ud800", "\x00", "```", "```\n", "//", "/*", "*/", '$"', '@"', "x", "name", '{"value": "', '"}',
    "&#x0;", "&#60;", "&#99999999;", "&nbsp;", "xmlns:x=", "x:y",
]  # fmt: skip
HOSTILE = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=20).map(lambda some: "<inbound>" + "".join(some) + "</inbound>"),
)


@given(HOSTILE)
def test_any_text_gives_a_document_or_a_problem(text):
    found = read_policy(text)
    assert isinstance(found, PolicyDocument | PolicyProblem)
    if isinstance(found, PolicyProblem):
        assert found.what.endswith(".") and found.do
        assert found.line is None or found.line >= 1
        return
    for element in walk(found.roots):
        assert read_policy(found.source[slice(*element.span)]).roots == (element,)
        assert found.source.count("\n", 0, element.span[0]) + 1 == element.line
        assert element.inner is None or element.span[0] < element.inner[0] <= element.inner[1] < element.span[1]


NAMES = st.sampled_from(["a", "b", "set-body", "x.y", "_z", "é"])
TEXTS = st.text(alphabet="ab <>&\"'é\U0001f600]@({})\t\n\r-", max_size=12)


def _written(name: str, attributes: dict[str, str], text: str, children: list[str]) -> str:
    given = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{given}>{escape(text)}{'<!-- c -->'.join(children)}</{name}>"


TREES = st.recursive(
    st.builds(_written, NAMES, st.dictionaries(NAMES, TEXTS, max_size=3), TEXTS, st.just([])),
    lambda inner: st.builds(
        _written, NAMES, st.dictionaries(NAMES, TEXTS, max_size=3), TEXTS, st.lists(inner, max_size=3)
    ),
    max_leaves=12,
)


@given(TREES)
def test_well_formed_text_is_read_as_an_ordinary_parser_reads_it(text):
    document = read_policy(text)
    assert document.roots == (_ordinary(ElementTree.fromstring(text)),)
    assert document.notes == ()


def _ordinary(node: ElementTree.Element) -> Element:
    text = (node.text or "") + "".join(child.tail or "" for child in node)
    return Element(node.tag, tuple(node.attrib.items()), tuple(map(_ordinary, node)), text.strip())


CODE = st.recursive(
    st.sampled_from([
        "x", "x < y", "a && b", "x > 1", "new List<string>()", '"a"', '"<b>"', '")"', r'"\")"', '@"\\"', '@"a""}"',
        "'\"'", "'}'", r"'\''", '$"{x}"', '$"{y["k"]}("', "/* \" ) */", "// it's } \"\n", "i & 1", " ", "1 / 2",
        '"é"', '"{{name}}"', '"&"',
    ]),
    lambda inner: st.one_of(
        st.builds("({})".format, inner), st.builds("[{}]".format, inner), st.builds("{{{}}}".format, inner),
        st.lists(inner, max_size=4).map(" ".join),
    ),
    max_leaves=10,
)  # fmt: skip
EXPRESSIONS = st.one_of(st.builds("@({})".format, CODE), st.builds("@{{ {} }}".format, CODE))


@given(EXPRESSIONS, st.sampled_from("\"'"))
def test_raw_expressions_survive(expression, quote):
    """The && of the last one makes the text no XML whatever the others hold, so that all are mended."""
    text = f"<a b={quote}{expression}{quote} c='1'><d>{expression}</d><e f='@(a && b)'/></a>"
    (element,) = read_policy(text).roots
    assert _blanks(element.attribute("b")) == _blanks(expression)
    assert element.attribute("c") == "1"
    assert element.child("d") == Element("d", text=expression.strip())
    assert text[slice(*element.child("d").inner)] == expression


@given(EXPRESSIONS)
def test_escaped_expressions_survive(expression):
    text = f"<a b={quoteattr(expression)}><d>{escape(expression)}</d></a>"
    (element,) = read_policy(text).roots
    assert (element.attribute("b"), element.child("d").text) == (expression, expression.strip())


def _blanks(text: str) -> str:
    return " ".join(text.split())


LONG = {
    "brackets": "@(@(@(", "brackets in an attribute": '<a x="@(@(', "comments in expressions": '<a x="@(/* ',
    "open expressions": '<a x="@( b ', "open blocks": "<a>@{ <b>", "elements": "<a><a>", "empty elements": "<a/>",
    "quotation marks": '"""""', "open strings": '<a x="@(\\"', "braces": "{{{{", "JSON": '{"a":', "lists": "[",
    "open comments": "<!--", "comments": "<!-- a -->\n", "open CDATA": "<![CDATA[", "open instructions": "<?",
    "escapes": "&lt;", "double escapes": "&amp;lt;", "ampersands": "<a>&", "tags": "<", "closing tags": "</a>",
    "no-break spaces": "&nbsp;", "fences": "```\n", "blanks": "<a b='     ", "equals": "<a b=", "hyphens": "<!-- -- ",
    "raw expressions": '<a b="@(x && "y")"/>', "interpolations": '<a b="@($"{$"{', "backslashes": '=\\"\\',
    "letters in a tag": "a",
}  # fmt: skip


BEGINS = {"letters in a tag": "<validate-jwt "}  # what stands once before the rest; nothing before the others


def long_text(name, size):
    piece = LONG[name]
    return BEGINS.get(name, "") + piece * (size // len(piece))


@pytest.mark.parametrize("name", LONG)
def test_every_large_text_is_answered(name):
    """Anything worse than linear would take hours for a million characters."""
    for before, after in (("", ""), ('<policies><inbound a="@(x && y)">', "</inbound></policies>")):
        assert read_policy(before + long_text(name, 1_000_000) + after) is not None


@pytest.mark.parametrize("name", LONG)
def test_four_times_the_text_is_four_times_the_work(name):
    size = 500 * len(LONG[name])
    small, large = (calls_of(partial(read_policy, long_text(name, times * size))) for times in (1, 4))
    assert large <= 4 * small + 200
