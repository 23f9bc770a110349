"""A copy ends its call after the seconds that were set for it, and the request for the token as ever."""

from dataclasses import replace

import pytest

from console.core.exchange import Request
from console.core.redaction.redact import Redactor
from console.core.snippets import SNIPPETS
from console.core.snippets.hidden import call_of
from tests.core.snippets.calls import BY_FORM, ORDER, order

BY_CODE = {one.code: one for one in SNIPPETS}
# code: what is written for 7 seconds, and what without any; "" for nothing
WRITTEN = {
    "curl-bash": ("--max-time '7'", ""),
    "curl-cmd": ('--max-time "7"', ""),
    "curl-powershell": ("--max-time '7'", ""),
    "httpie": ("--timeout=7", ""),
    "python": ("timeout=7,", "timeout=30,"),
    "javascript": ("AbortSignal.timeout(7_000)", "AbortSignal.timeout(30_000)"),
    "java": (".timeout(Duration.ofSeconds(7))", ".timeout(Duration.ofSeconds(30))"),
    "csharp": ("new CancellationTokenSource(TimeSpan.FromSeconds(7))", "Timeout = TimeSpan.FromSeconds(30)"),
    "go": ("client.Timeout = 7 * time.Second", "30 * time.Second"),
    "powershell": ("TimeoutSec = 7", "TimeoutSec = 30"),
    "bruno": ("timeout: 7000", "timeout: 30000"),
    "http-jetbrains": ("# @timeout 7 s", ""),
}
# No place in these for the timeout of one request: Postman and VS Code have a setting for all, HAR is a record.
WITHOUT = {"postman", "http-vscode", "har"}


def test_each_language_either_has_a_way_or_is_known_to_have_none():
    assert {*WRITTEN, *WITHOUT} == set(BY_CODE)


@pytest.mark.parametrize("code", WRITTEN)
def test_the_timeout_of_a_call_stands_in_its_copy(code):
    told, usual = WRITTEN[code]
    limited = BY_CODE[code].write(replace(order(), timeout_s=7), None)
    plain = BY_CODE[code].write(order(), None)
    assert limited.count(told) == 1 and told not in plain
    assert usual in plain


@pytest.mark.parametrize("code", ["python", "javascript", "java", "csharp", "go", "powershell"])
def test_the_request_for_the_token_keeps_its_own_time(code):
    told, usual = WRITTEN[code]
    text = BY_CODE[code].write(replace(order(), timeout_s=7), BY_FORM)
    token, _, call = text.partition("X-Note")
    assert usual.rstrip(",") in token or "TimeoutSec 30" in token
    assert told in text and (code != "go" or told in call)


def test_it_is_read_off_the_request():
    request = Redactor(()).request(replace(ORDER, timeout_s=7))
    assert request.timeout_s == 7
    assert call_of(request).timeout_s == 7
    assert call_of(Request("GET", "https://a.example")).timeout_s is None
