"""A log line shows no token, whichever way it came into the line."""

import logging

from console.adapters.log import SweptFormatter

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
