"""What cmd and the C runtime hand to curl is what the call sends; what neither can hold is said."""

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings

from console.core.paste.curl import read_curl
from console.core.snippets import curl_cmd
from tests.core.snippets.calls import HIDDEN, SECRET, as_sent, calls, order

VARIABLE = re.compile(r"%(\w+)%")


def line_of(text, environment):
    """A prompt's line as a program gets it: variables first, known ones only, then carets outside quotation marks."""
    line = VARIABLE.sub(lambda found: environment.get(found[1], found[0]), text.replace(" ^\n", " "))
    out, is_quoted, at = [], False, 0
    while at < len(line):
        letter = line[at]
        if letter == "^" and not is_quoted:
            at += 1
            out.append(line[at])
        else:
            assert is_quoted or letter not in "&|<>()!", f"{letter} ends the command: {line}"
            is_quoted = is_quoted ^ (letter == '"')
            out.append(letter)
        at += 1
    assert not is_quoted
    return "".join(out)


def arguments_of(line):
    """As the C runtime takes a line apart: 2n backslashes and a quotation mark are n and a mark that quotes."""
    found, word, is_quoted, is_open, at = [], "", False, False, 0
    while at < len(line):
        slashes = len(line[at:]) - len(line[at:].lstrip("\\"))
        if slashes and line[at + slashes : at + slashes + 1] == '"':
            word, is_open = word + "\\" * (slashes // 2), True
            at += slashes
            if slashes % 2:
                word, at = word + '"', at + 1
            continue
        letter = line[at]
        if letter == '"':
            is_quoted, is_open = not is_quoted, True
        elif letter == " " and not is_quoted:
            found, word, is_open = ([*found, word] if is_open else found), "", False
        else:
            word, is_open = word + letter, True
        at += 1
    return [*found, word] if is_open else found


def sent(text):
    lines = [line for line in text.split("\n") if not line.startswith("rem ")]
    words = arguments_of(line_of("\n".join(lines).strip(), HIDDEN))
    return list(zip(words[1::2], words[2::2], strict=True)) if "--globoff" not in words else words


def test_cmd_hands_over_what_the_call_sends_with_the_secrets_of_its_environment():
    method, url, headers, body = as_sent(order())
    wanted = [("--request", method), ("--url", url), *(("--header", f"{name}: {value}") for name, value in headers)]
    assert sent(curl_cmd.write(order(), None)) == [*wanted, ("--data-raw", body)]


@settings(max_examples=300)
@given(call=calls())
def test_any_call_that_is_offered_survives_cmd(call):
    if curl_cmd.SNIPPET.problem(call, None):
        return
    words = [word for pair in sent(curl_cmd.write(call, None)) for word in ([pair] if isinstance(pair, str) else pair)]
    _, url, headers, body = as_sent(call)
    assert url in words and all(f"{name}: {value}" in words for name, value in headers if value)
    assert not body or body in words or body.replace("\n", " ").replace("\t", " ").replace("\r", " ") in words


def test_our_own_reader_reads_it_back():
    read = read_curl(curl_cmd.write(order(), None)).request
    assert (read.method, read.url.partition("?")[0]) == ("POST", "https://api.example/orders/v1")
    assert dict(read.headers)["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ('{\n\t"a": 1\n}', ""),  # JSON means the same on one line
        ("a\nb", "cannot hold a line break"),
        ("a\u202eb", "cannot hold a line break"),
        ("x" * 9_000, "and this is longer"),
    ],
)
def test_what_a_prompt_cannot_hold_is_said(body, told):
    problem = curl_cmd.SNIPPET.problem(replace(order(), body=(body,)), None)
    assert told in problem and bool(told) == bool(problem)


def test_it_obtains_no_token():
    assert "cannot read the token" in curl_cmd.SNIPPET.problem(order(), SECRET)
