"""What bash hands to HTTPie is, by HTTPie's own rules for its arguments, what the call sends."""

from dataclasses import replace

import pytest
from hypothesis import assume, given, settings

from console.core.snippets import httpie
from tests.core.snippets.calls import HIDDEN, SECRET, as_sent, calls, order, run_in_bash

SPY = 'http() { printf "%s\\0" "$@"; }\n'  # in place of HTTPie: tells its arguments
SEPARATORS = (":", ";", "=", "@", ":=", "==", "=@", ":@", ":=@", "==@")
OF_HTTPIE = frozenset("".join(SEPARATORS))


def run(script, **environment):
    return run_in_bash(SPY + script, **environment)


def read_item(argument):
    """(name, separator, value): a backslash takes its meaning from a mark; the first and longest separator counts."""
    tokens, letters = [""], iter(argument)
    for letter in letters:
        if letter != "\\":
            tokens[-1] += letter
        elif (following := next(letters, "")) in OF_HTTPIE and following:
            tokens += [following, ""]
        else:
            tokens[-1] += "\\" + following
    at = min(tokens[0].index(one) for one in SEPARATORS if one in tokens[0])
    found = max((one for one in SEPARATORS if tokens[0].startswith(one, at)), key=len)
    return tokens[0][:at], found, tokens[0][at + len(found) :] + "".join(tokens[1:])


def sent(arguments):
    """Method, URL, headers and body as HTTPie takes its arguments."""
    assert arguments.pop(0) == "--ignore-stdin"
    body = arguments.pop(0).removeprefix("--raw=") if arguments[0].startswith("--raw=") else ""
    method, url, *items = arguments
    headers = [(name, value.strip()) for name, mark, value in map(read_item, items) if (mark, value) != (":", "")]
    assert {mark for _, mark, _ in map(read_item, items)} <= {":", ";"}
    return method, url, headers, body


def test_bash_hands_over_what_the_call_sends_with_the_secrets_of_its_environment():
    arguments, told = run(httpie.write(order(), None), **HIDDEN)
    assert (sent(arguments), told) == (as_sent(order()), "")


def test_bash_stops_before_it_sends_a_call_without_its_secrets():
    arguments, told = run(httpie.write(order(), None))
    assert arguments == [] and "SUBSCRIPTION_KEY" in told


@settings(max_examples=60)
@given(call=calls())
def test_any_call_survives_bash_and_httpie(call):
    assume(httpie.SNIPPET.problem(call, None) == "")
    arguments, _ = run(httpie.write(call, None), **HIDDEN)
    assert sent(arguments) == as_sent(call)


@pytest.mark.parametrize("value", ["=1", "@file", ":=1", "=@x", "a=b;c:d@e", "\\", "a\\\\:", "\\\\=", "back\\slash"])
def test_no_value_of_a_header_is_taken_for_a_mark(value):
    call = replace(order(), headers=(("X-Note", (value,)),))
    assert httpie.SNIPPET.problem(call, None) == ""
    assert ("X-Note", value) in sent(run(httpie.write(call, None), **HIDDEN)[0])[2]


def test_a_header_without_a_value_is_sent_and_no_type_is_made_up():
    call = replace(order(), headers=(("X-Empty", ()),))
    arguments, _ = run(httpie.write(call, None), **HIDDEN)
    assert arguments[-2:] == ["X-Empty;", "Content-Type:"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"headers": (("-x", ("1",)),)}, "for an option"),
        ({"headers": (("X-Note", ("a\\:b",)),)}, "loses a backslash"),
        ({"headers": (("X-Note", ("a\\\\\\@b",)),)}, "loses a backslash"),
        ({"method": "HEAD"}, "a body with HEAD"),
        ({"body": ("a\0b",)}, "NUL"),
    ],
)
def test_what_httpie_cannot_send_is_said(changed, told):
    assert told in httpie.SNIPPET.problem(replace(order(), **changed), None)
    assert "at the start of a secret" in httpie.SNIPPET.problem(order(), SECRET)
