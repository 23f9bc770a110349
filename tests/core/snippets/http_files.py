"""A reader of .http files by the rules that both tools share, and calls that such a file holds."""

import json
import re
from dataclasses import replace
from string import ascii_letters, digits

from hypothesis import strategies as st

from console.core.snippets import http_file
from tests.core.snippets.calls import TEXTS, calls


def _made(call, body, url, method):
    """What is refused for its address or its headers is little use here: most of it is plain."""
    headers = tuple((name, text) for name, text in call.headers if "".join(map(str, text)).isascii())
    return replace(call, method=method, url=(url,), headers=headers, body=(body,) if body else None)


_REQUEST = re.compile(r"(GET|POST|PUT|DELETE|PATCH|HEAD|OPTIONS)\s+(\S+)")
# Lines as people write them, beside those in which anything stands.
_LINES = st.sampled_from(
    ["a: b", "<a>", "  <b/>", "# c", "// d", "@e = f", "< g.txt", "> {% x %}", "###", "{", "}", ""]
)
BODIES = st.lists(_LINES | st.text(ascii_letters + digits + "{}<>#/@ ", max_size=6), max_size=5).map("\n".join) | TEXTS
_ADDRESSES = st.text(ascii_letters + digits + "-._~/%&=+{", max_size=12).map(lambda text: f"https://a.example/?{text}")
_MADE = st.builds(_made, calls(), BODIES, _ADDRESSES, st.sampled_from(["POST", "PUT", "DELETE"]))
held = _MADE.filter(lambda call: http_file.problem(call, None) == "")


def sent(text, values):
    """Method, URL, headers and body as they go out; `values` holds what each variable is, by how it is written."""
    lines = [line for line in text.split("\n") if not line.lstrip().startswith(("#", "//"))]
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    assert not any(line.startswith(("< ", "<@ ", "> ", "<> ")) for line in lines)
    filled = re.sub(r"\{{2}(.+?)\}{2}", lambda found: values[found[1]], "\n".join(lines))
    head, _, body = filled.partition("\n\n")
    first, *rest = head.split("\n")
    method, url = _REQUEST.fullmatch(first).groups()
    return method, url, [tuple(part.strip() for part in line.split(":", 1)) for line in rest], body


def same(got, wanted):
    """Around JSON blanks may be another; all else is the same."""
    return got[:3] == wanted[:3] and (got[3] == wanted[3] or json.loads(got[3]) == json.loads(wanted[3]))


# (what of the order is another, what is told)
NOT_HELD = [
    ({"method": "TRACE"}, "knows no TRACE"),
    ({"method": "GET"}, "a body with GET"),
    ({"url": ("https://a.example/b c",)}, "percent-encoded throughout"),
    ({"url": ("https://a.example/é",)}, "percent-encoded throughout"),
    ({"headers": (("#x", ("1",)),)}, "for a comment"),
    ({"headers": (("X-Note", ("é",)),)}, "X-Note has more"),
    ({"headers": (("X-Note", ("{{a}}",)),)}, "takes {{"),
    ({"headers": (("X-Request-Type", ("GraphQL",)),)}, "X-Request-Type itself"),
    ({"headers": (("Content-Type", ("multipart/form-data; boundary=a",)),)}, "several parts"),
    ({"headers": (("Content-Type", ("application/x-www-form-urlencoded",)),), "body": ("a=b c",)}, "only a form"),
    ({"body": ('{"a": "{{b}}"}',)}, "takes {{"),
    ({"body": ("a\n # b",)}, "begins with #"),
    ({"body": ("a\n// b",)}, "begins with /"),
    ({"body": ("@a = b",)}, "begins with @"),
    ({"body": ("< secret.txt",)}, "begins with <"),
    ({"body": ("a\n> {% client.log(1) %}",)}, "begins with >"),
    ({"body": ("a\n",)}, "at the start and at the end"),
    ({"body": ("a\u202eb",)}, "not seen"),
]
