"""Values of answers: what may be taken, what is held for a secret, and how each is shown."""

import pytest

from console.core.collections.taken import TakenValue
from console.core.collections.taking import read_take, take
from tests.core.collections.support import answer


def taken(line, given):
    wanted = read_take(line)
    assert not isinstance(wanted, str), wanted
    return take(wanted, given)


@pytest.mark.parametrize(
    ("line", "given", "value"),
    [
        ("id = $.id", answer({"id": "o-7"}), TakenValue("id", "o-7")),
        ("id=$[0].id", answer([{"id": 7}]), TakenValue("id", "7", is_text=False)),
        ("rate = $.r", answer(b'{"r": 1.50}'), TakenValue("rate", "1.50", is_text=False)),
        ("ok = $.ok", answer({"ok": True}), TakenValue("ok", "true", is_text=False)),
        ("etag = header ETag", answer(headers=(("etag", '"v1"'),)), TakenValue("etag", '"v1"')),
    ],
)
def test_a_value_is_taken_as_it_stands(line, given, value):
    assert taken(line, given) == value


@pytest.mark.parametrize(
    ("line", "given", "told"),
    [
        ("id = $.id", answer({"no": 1}), "There is nothing to take."),
        ("id = $.id", answer(b"plain"), "The body is no JSON."),
        ("etag = header ETag", answer(), "There is nothing to take."),
        ("id = $.id", answer({"id": None}), "What stands there is null."),
        ("id = $.id", answer({"id": ""}), "What stands there is empty."),
        ("id = $.id", answer({"id": {}}), "What stands there is an object or a list; take one value of it."),
        ("id = $.id", answer({"id": "x" * 4001}), "What stands there is longer than 4000 characters."),
        ("id = $.id", answer(b'{"id": "\\ud800"}'), "What stands there holds half a character, which no text may."),
        (
            "t = $.password",
            answer({"password": "12345"}),
            "What stands there is a secret of fewer than 6 characters, too short to be masked in later calls.",
        ),
        ("id = $.id", answer(b'{"id": NaN}'), "What stands there is no number of JSON."),
    ],
    ids=lambda value: value[:25] if isinstance(value, str) else "",
)
def test_what_cannot_be_taken_is_an_expectation_that_is_not_met(line, given, told):
    found = taken(line, given)
    assert (found.line, found.problem) == (line, told)


@pytest.mark.parametrize(
    ("line", "given"),
    [
        ("t = $.access_token", answer({"access_token": "abcdefgh"})),
        ("t = $.inner.password", answer({"inner": {"password": "pw-of-ann"}})),
        ("t = $.text", answer({"text": "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.c2lnbmF0dXJl"})),
        ("session = header Set-Cookie", answer(headers=(("Set-Cookie", "sid=12345678; Path=/"),))),
        ("t = header X-Auth-Token", answer(headers=(("X-Auth-Token", "12345678"),))),
        ("client_secret = $.value", answer({"value": "12345678"})),
        ("api-key = $.value", answer({"value": 12345678})),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_redaction_masks_is_a_secret_and_never_shown(line, given):
    found = taken(line, given)
    assert found.is_secret
    assert found.shown == "***"
    assert "1234" not in repr(found)


def test_a_long_value_is_shown_cut():
    assert taken("id = $.id", answer({"id": "x y " * 100})).shown == "x y " * 50 + "…"


@pytest.mark.parametrize(
    "line",
    ["id", "id =", "= $.id", "1d = $.id", "i d = $.id", "id = body", "id = header", "id = $..id", "id = $.id is 7"],
)
def test_a_line_that_takes_nothing_is_one_sentence(line):
    told = read_take(line)
    assert isinstance(told, str)
    assert told.endswith(".")
