"""A log line shows no token, whichever way it came into the line."""

import logging

import pytest

from console.adapters.log import SweptFormatter, mask_links

TOKEN = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJlLWNhbmFyeQ"


def line(message, *args, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("msal", logging.ERROR, "", 1, message, args, info)
    return SweptFormatter("{message}", style="{").format(record)


def test_a_token_in_message_argument_or_traceback_is_masked_and_the_rest_stays():
    for text in (
        line(f"answer was {TOKEN} today"),
        line("answer was %s today", TOKEN),
        line("answer was unexpected today", error=ValueError(f"cannot read {TOKEN}")),
    ):
        assert TOKEN not in text
        assert text.startswith("answer was ")
        assert " today" in text


@pytest.mark.parametrize(
    ("line", "written"),
    [
        ("Forbidden (x): /sign-in/abc-DEF_1/", "Forbidden (x): /sign-in/***/"),
        ("GET https://c.example/sign-in/abc?x=1 200", "GET https://c.example/sign-in/***?x=1 200"),
        ("/accounts/password/reset/key/1-abc-def/", "/accounts/password/reset/key/***/"),
        ("/accounts/password/reset/", "/accounts/password/reset/"),
        ("POST /connect/abc-DEF_1/ 303", "POST /connect/***/ 303"),
        ("/sign-in/", "/sign-in/"),
    ],
)
def test_a_link_that_signs_somebody_in_is_masked_in_paths(line, written):
    assert mask_links(line) == written
    assert SweptFormatter("%(message)s").format(logging.makeLogRecord({"msg": line})) == written


@pytest.mark.parametrize("name", ["django.template", "urllib3.connectionpool"])
def test_loggers_that_tell_contexts_and_queries_say_nothing_at_debug_whatever_their_level(name, caplog):
    with caplog.at_level(logging.DEBUG, logger=name):
        logging.getLogger(name).debug("context with a secret")
        logging.getLogger(name).warning("something is wrong")
    assert [record.message for record in caplog.records] == ["something is wrong"]
