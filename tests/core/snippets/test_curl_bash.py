"""What bash hands to curl is what the call sends, whatever stands in it; and our own reader reads it back."""

import json
import os
import subprocess

import pytest
from hypothesis import given, settings

from console.core.paste.curl import read_curl
from console.core.snippets import curl_bash
from console.core.snippets.quoting.bash import word
from tests.core.snippets.calls import BASIC, CERTIFICATE, HIDDEN, SECRET, TEXTS, as_sent, calls, order, run_in_bash

SPY = 'curl() { printf "%s\\0" "$@"; }\n'  # in place of curl: tells its arguments
NAMED = {"--header", "--data-raw", "--data-urlencode", "--url", "--request"}


def run(script, **environment):
    arguments, complaint = run_in_bash(SPY + script, **environment)
    assert complaint == ""
    return arguments


def sent(arguments):
    """Method, URL, headers and body as curl takes its arguments."""
    pairs = [(one, arguments[at + 1]) for at, one in enumerate(arguments) if one in NAMED]
    found = {name: value for name, value in pairs if name != "--header"}
    headers = [
        value.split(": ", 1) if ": " in value else [value[:-1], ""]  # "X-Note;" sends one without a value
        for name, value in pairs
        if name == "--header"
    ]
    return found["--request"], found["--url"], headers, found.get("--data-raw", "")


def test_bash_hands_over_what_the_call_sends_with_the_secrets_of_its_environment():
    method, url, headers, body = as_sent(order())
    assert sent(run(curl_bash.write(order(), None), **HIDDEN)) == (method, url, [list(one) for one in headers], body)


def test_bash_stops_before_it_sends_a_call_without_its_secrets():
    done = subprocess.run(
        ["bash", "-c", SPY + curl_bash.write(order(), None)], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (127, "")
    assert "SUBSCRIPTION_KEY" in done.stderr


@settings(max_examples=60)
@given(call=calls())
def test_any_call_survives_bash(call):
    script = curl_bash.write(call, None)
    method, url, headers, body = as_sent(call)
    wanted = [list(one) for one in headers] + ([["Content-Type", ""]] if body else [])
    assert sent(run(script, **HIDDEN)) == (method, url, wanted, body)


@settings(max_examples=300)
@given(call=calls())
def test_any_call_is_read_back_by_our_own_reader(call):
    read = read_curl(curl_bash.write(call, None)).request
    method, url, headers, body = as_sent(call)
    masked = [(name, value.replace("a-token", "***").strip()) for name, value in headers if value]
    told = [(name, value) for name, value in read.headers if value and name != "Content-Type"]
    assert (read.method, read.url, read.body.decode(), told) == (method, url, body, masked)


@settings(max_examples=200)
@given(text=TEXTS)
def test_nothing_that_is_not_seen_stands_in_a_word(text):
    shown = word((text.replace("\0", ""),))
    assert "\u202e" not in shown and "\n" not in shown and "\ufeff" not in shown


def test_the_token_is_asked_for_by_secret():
    script = curl_bash.write(order(), SECRET)
    answer = json.dumps({"expires_in": 1, "access_token": "got"})
    spy = f"""curl() {{ [ "$1" = --silent ] && printf '%s' '{answer}' || printf "%s\\0" "$@"; }}\n"""
    environment = {"CLIENT_SECRET": "s", **{name: value for name, value in HIDDEN.items() if name != "ACCESS_TOKEN"}}
    done = subprocess.run(
        ["bash", "-c", spy + script], check=False, capture_output=True, env={"PATH": os.environ["PATH"], **environment}
    )
    assert b"Authorization: Bearer got\0" in done.stdout, done.stderr
    asked = read_curl(script).request
    assert asked.url == SECRET.endpoint
    assert (
        asked.body
        == b"grant_type=client_credentials&scope=api%3A%2F%2Forders%2F.default&client_id=a-client&client_secret=***"
    )


def test_the_answer_is_told_where_there_is_no_token_in_it():
    spy = 'curl() { printf \'{"error":"invalid_client"}\'; }\n'
    environment = {"CLIENT_SECRET": "s", **HIDDEN, "PATH": os.environ["PATH"]}
    done = subprocess.run(
        ["bash", "-c", spy + curl_bash.write(order(), SECRET)],
        check=False,
        capture_output=True,
        text=True,
        env=environment,
    )
    assert done.returncode == 127 and '{"error":"invalid_client"}' in done.stderr


@pytest.mark.parametrize(("recipe", "offered"), [(None, True), (SECRET, True), (CERTIFICATE, True), (BASIC, False)])
def test_what_bash_cannot_do_is_said(recipe, offered):
    assert (curl_bash.SNIPPET.problem(order(), recipe) == "") is offered
