"""Whatever is pasted gives a value; a token in any container keeps its claims; real pastes are never unknown."""

import json
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.core.api import Expectation
from console.core.inspection import inspect_text
from console.core.json.text import json_text
from console.core.paste.recognise import PastedKind, recognise
from console.core.reports.inspection import to_json, to_lines
from tests.core.tokens.wire import compact

NOW = 1_900_000_000
CASES = pathlib.Path(__file__).parents[4] / "shared" / "cases"
WRAPPERS = {
    "curl": "curl https://api.example/x -H 'Authorization: Bearer {}'",
    "cmd": 'curl ^"https://api.example/x^" ^\n -H ^"authorization: Bearer {}^"',
    "PowerShell": 'Invoke-RestMethod -Uri "https://a.example" -Headers @{{Authorization="Bearer {}"}}',
    "request": "GET /x HTTP/1.1\r\nHost: a.example\r\nAuthorization: Bearer {}\r\n\r\n",
    "verbose": "> GET /x HTTP/1.1\n> Authorization: Bearer {}\n>\n< HTTP/1.1 401 Unauthorized\n<\n",
    "answer": 'HTTP/1.1 200 OK\n\n{{"access_token": "{}"}}',
    "response": '{{"access_token": "{}", "token_type": "Bearer"}}',
    "archive": '{{"log": {{"entries": [{{"request": {{"headers": [{{"name": "X-Token", "value": "{}"}}]}}}}]}}}}',
    "cookie": "Cookie: a=b; session={}; c=d",
    "fragment": "https://app.example/cb#access_token={}&token_type=Bearer",
    "query": "https://app.example/cb?id_token={}",
    "header": "Authorization: Bearer {}",
    "quoted": '"{}"',
    "sentence": "here it is: {} - thanks",
    "error": "AADSTS50013: Assertion failed: {}",
}
names = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=12)
values = st.one_of(
    st.integers(-(2**50), 2**50), st.text(st.characters(exclude_categories=("Cs",)), max_size=40), st.booleans()
)


@settings(max_examples=60)
@given(payload=st.dictionaries(names, values, max_size=6), wrapper=st.sampled_from(sorted(WRAPPERS)))
def test_a_wrapped_token_keeps_its_claims(payload, wrapper):
    found = recognise(WRAPPERS[wrapper].format(compact(payload)))
    assert [token.claims for token in found.tokens] == [payload]


pieces = st.sampled_from(
    [
        "curl ",
        "https://a.example ",
        "-H ",
        "'",
        '"',
        "Authorization: Bearer ",
        "eyJhbGciOiJub25lIn0.e30.",
        "\n",
        "\\\n",
        "^",
        "`",
        "HTTP/1.1 401 x\n",
        "> GET / HTTP/1.1\n",
        "< ",
        '{"error":',
        '"a"}',
        "{",
        "}",
        "[",
        "Cookie: ",
        "a=b; ",
        '{"log":{"entries":[',
        "]}}",
        "irm -Uri ",
        "@{",
        "WWW-Authenticate: ",
        "Bearer ",
        "AADSTS70011",
        "#access_token=",
        "ResponseCode=401 ",
        "LastErrorReason=x ",
        ",",
        "$x = ",
        "\ud800",
        "\u202e",
        "\x00",
        "-----BEGIN PRIVATE KEY-----",
    ]
)


@settings(max_examples=150)
@given(text=st.one_of(st.text(max_size=300), st.lists(pieces, max_size=14).map("".join)))
def test_any_text_gives_a_value_that_can_be_written_down(text):
    found = inspect_text(text, expectation=Expectation(), keyset=None, now=NOW)
    written = json_text(to_json(found))
    assert json.loads(written)["kind"] in set(PastedKind)
    "\n".join(to_lines(found, now=NOW)).encode("utf-8")


def pasted_texts():
    for path in sorted(CASES.glob("*.json")):
        text = json.loads(path.read_text("utf-8"))["evidence"].get("pasted")
        if text is not None:
            yield pytest.param(text, id=path.stem)


@pytest.mark.skipif(not CASES.is_dir(), reason="the real cases are not beside this checkout")
@pytest.mark.parametrize("text", list(pasted_texts()))
def test_what_support_people_really_receive_is_recognised(text):
    assert recognise(text).kind is not PastedKind.UNKNOWN
