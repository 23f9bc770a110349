"""Calls as snippets send them: one with everything in it, and any at all."""

import os
import subprocess
from dataclasses import replace
from string import printable

from hypothesis import strategies as st

from console.core.exchange import Request
from console.core.redaction.redact import Redactor
from console.core.snippets.base import SnippetCall, TokenRecipe, TokenWay
from console.core.snippets.hidden import TOKEN_VARIABLE, call_of

TOKEN = "eyJhbGciOiJub25lIn0.eyJhIjoxfQ.abcdefghijkl"
ORDER = Request(
    "POST",
    "https://api.example/orders/v1?top=10&subscription-key=abcdef0123",
    (
        ("Authorization", f"Bearer {TOKEN}"),
        ("Ocp-Apim-Subscription-Key", "0123456789abcdef"),
        ("Content-Type", "application/json"),
        ("X-Note", 'it\'s "quoted" at 100%'),
    ),
    b'{"item": "it\'s $HOME `id` %PATH%", "client_secret": "a secret"}',
)
HIDDEN = {  # what is in the environment of whoever runs the snippet
    "ACCESS_TOKEN": "a-token",
    "OCP_APIM_SUBSCRIPTION_KEY": "a-key",
    "SUBSCRIPTION_KEY": "a-query-key",
    "CLIENT_SECRET_2": "another-secret",
}
SECRET = TokenRecipe(
    TokenWay.SECRET,
    "a-client",
    "https://login.example/t/oauth2/v2.0/token",
    (("grant_type", "client_credentials"), ("scope", "api://orders/.default")),
    scope="api://orders/.default",
    authority="https://login.example/t",
    is_known=False,
)
CERTIFICATE = replace(SECRET, way=TokenWay.CERTIFICATE)
BY_FORM = replace(SECRET, authority="")
BASIC = replace(BY_FORM, is_basic=True)


def order() -> SnippetCall:
    return call_of(Redactor(()).request(ORDER))


def as_sent(call: SnippetCall) -> tuple[str, str, list[tuple[str, str]], str]:
    """Method, URL, headers and body as they go out with HIDDEN in the environment."""

    def text(pieces):
        return "".join(one if isinstance(one, str) else HIDDEN[one.name] for one in pieces)

    headers = [(name, text(value)) for name, value in call.headers]
    return call.method, text(call.url), headers, text(call.body or ())


_TRICKY = st.sampled_from(
    ["'", '"', "\\", "`", "$", "%", "^", "!", "&", "|", "\n", "\t", "\r", "^\n", "\\\n", "`\n", '`"', '^"', "‘", "’",
     "“", "\n--data", "${HOME}", "$(id)", "%PATH%",
     "@", "#", "{{a}}", "\u202e", "\U000e0041", "é", "漢", "😀", "\ufeff"]
)  # fmt: skip
TEXTS = st.lists(_TRICKY | st.text(min_size=1, max_size=4), max_size=12).map("".join)
_VALUES = (
    st.lists(_TRICKY | st.text(printable, min_size=1, max_size=4), max_size=8)
    .map("".join)
    .map(
        lambda text: "".join(
            one for one in text if 32 <= ord(one) < 256 and ord(one) != 127 and ord(one) != 0xAD
        ).strip()
    )
)
_QUERIES = TEXTS.map(
    lambda text: "".join(one for one in text if ord(one) > 32 and one not in "#\\\x7f" and one.isprintable())
)


@st.composite
def calls(draw, *, body=TEXTS):
    """Any call. Of what it sends nothing is hidden but the token."""
    headers = [("Authorization", ("Bearer ", TOKEN_VARIABLE))] if draw(st.booleans()) else []
    values = draw(st.lists(_VALUES, max_size=3))
    headers += [(f"X-{number}", (value,) if value else ()) for number, value in enumerate(values)]
    text = draw(body).replace("\0", "")
    return SnippetCall(
        draw(st.sampled_from(["GET", "POST", "PATCH", "DELETE"])),
        (f"https://api.example/{draw(_QUERIES).replace('?', '')}?q={draw(_QUERIES)}",),
        tuple(headers),
        (text,) if text else None,
        TOKEN_VARIABLE if headers and headers[0][0] == "Authorization" else None,
    )


def run_in_bash(script, **environment):
    """(arguments that a spy wrote, each ended by NUL; what bash complained of)."""
    done = subprocess.run(
        ["bash"],
        input=script.encode(),
        check=False,
        capture_output=True,
        env={"PATH": os.environ["PATH"], **environment},
    )
    return done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1], done.stderr.decode()
