"""The life of a token as a line, judged to the second and by several clocks."""

import pytest

from console.core.checks import expiry, not_before
from console.core.exchange import Exchange, Request, Response
from console.core.tokens.parse import parse
from console.core.tokens.timeline import NOTEWORTHY_S, Clock, Mark, Validity, clock_of, timeline
from console.core.tokens.times import LAST_SECOND
from tests.core.checks.contexts import context
from tests.core.tokens.wire import compact

BEGIN, END = 1_900_000_000, 1_900_003_600
LIFE = {"iat": BEGIN - 10, "nbf": BEGIN, "exp": END}


def line(now, claims=LIFE, **options):
    return timeline(parse(compact(claims)), now, **options)


@pytest.mark.parametrize(
    ("now", "leeway_s", "validity"),
    [
        (BEGIN - 1, 0, Validity.NOT_YET),
        (BEGIN, 0, Validity.VALID),
        (BEGIN + 1, 0, Validity.VALID),
        (END - 1, 0, Validity.VALID),
        (END, 0, Validity.VALID),
        (END + 1, 0, Validity.EXPIRED),
        (BEGIN - 61, 60, Validity.NOT_YET),
        (BEGIN - 60, 60, Validity.VALID),
        (END + 60, 60, Validity.VALID),
        (END + 61, 60, Validity.EXPIRED),
    ],
)
def test_validity_is_judged_as_the_checks_judge_it(now, leeway_s, validity):
    assert line(now, leeway_s=leeway_s).validity is validity
    judged = [check.CHECK.run(context(LIFE, now=now, leeway_s=leeway_s)).status for check in (not_before, expiry)]
    assert ("fail" in judged) is (validity is not Validity.VALID)


def test_the_line_says_itself_in_words():
    assert line(BEGIN).text == (
        "The token is valid now: from 2030-03-17 17:46:40 UTC to 2030-03-17 18:46:40 UTC; now 2030-03-17 17:46:40 UTC."
    )
    assert line(END + 99, leeway_s=60).text.startswith("The token has expired: ")
    assert line(END + 99, leeway_s=60).text.endswith(" The API allows 1 minute at both ends.")


def test_the_claims_that_are_there_are_marked_in_their_order():
    assert line(BEGIN).claims == (Mark("iat", BEGIN - 10), Mark("nbf", BEGIN), Mark("exp", END))
    found = line(BEGIN, {"iat": BEGIN, "exp": END})
    assert (found.begin, [mark.name for mark in found.claims]) == (BEGIN, ["iat", "exp"])


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"exp": END},
        {"iat": BEGIN},
        {"iat": END, "exp": END},
        {"iat": END, "exp": BEGIN},
        {"iat": str(BEGIN), "exp": END},
        {"iat": True, "exp": END},
        {"iat": BEGIN, "exp": 10**30},
        {"nbf": END, "iat": BEGIN, "exp": END},
    ],
)
def test_a_token_without_a_usable_life_has_no_line(claims):
    assert line(BEGIN, claims) is None


def test_a_token_that_cannot_be_read_has_no_line():
    assert timeline(parse("opaque"), BEGIN) is None


def test_fractions_are_cut_and_the_first_and_last_second_of_the_calendar_hold():
    found = line(0, f'{{"nbf":0.9,"exp":{LAST_SECOND}}}')
    assert (found.begin, found.end) == (0, LAST_SECOND)
    assert "1970-01-01 00:00:00 UTC to 9999-12-31 23:59:59 UTC" in found.text


@pytest.mark.parametrize("now", [BEGIN - 9_999, BEGIN, END, END + 9_999])
def test_everything_lies_on_the_line_in_order(now):
    found = line(now, leeway_s=300, clocks=(Clock("The API", 7_000),))
    moments = sorted((now, found.begin - 300, found.end + 300, *(mark.at for mark in (*found.claims, *found.clocks))))
    places = [found.place(moment) for moment in moments]
    assert places == sorted(places)
    assert (places[0], places[-1]) == (60, 940)


def test_what_lies_outside_is_placed_at_the_edge():
    found = line(BEGIN)
    assert (found.place(0), found.place(LAST_SECOND)) == (60, 940)
    assert found.place(LAST_SECOND, width=100, margin=0) == 100


@pytest.mark.parametrize(
    ("clock", "now", "notes"),
    [
        (Clock("The browser", 0), BEGIN, ()),
        (Clock("The browser", NOTEWORTHY_S - 1), BEGIN, ()),
        (Clock("The browser", NOTEWORTHY_S), BEGIN, ("The browser is 2 seconds ahead of this console.",)),
        (Clock("The provider", -NOTEWORTHY_S), BEGIN + 2, ("The provider is 2 seconds behind this console.",)),
        (Clock("The API", -90), BEGIN, (
            "The API is 1 minute 30 seconds behind this console: by that clock the token is not yet valid.",)),
        (Clock("The API", 90), END, (
            "The API is 1 minute 30 seconds ahead of this console: by that clock the token is expired.",)),
        (Clock("The API", -90), END + 1, (
            "The API is 1 minute 30 seconds behind this console: by that clock the token is valid.",)),
    ],
)  # fmt: skip
def test_a_clock_that_disagrees_says_what_it_makes_of_the_token(clock, now, notes):
    found = line(now, clocks=(clock,))
    assert found.notes == notes
    assert found.clocks == (Mark(clock.name, now + clock.offset_s),)
    assert all(note in found.text for note in notes)


def test_an_absurd_clock_stays_within_the_calendar():
    found = line(BEGIN, clocks=(Clock("The API", -(10**15)), Clock("The browser", 10**15)))
    assert [mark.at for mark in found.clocks] == [0, LAST_SECOND]


@pytest.mark.parametrize(
    ("date", "offset_s"),
    [
        ("Fri, 15 Jan 2027 08:00:07 GMT", 6),
        ("Fri, 15 Jan 2027 07:59:00 GMT", -61),
        ("soon", None),
        ("", None),
        ("Wed, 99 Foo 2099 07:28:00 GMT", None),
    ],
)
def test_the_far_sides_clock_is_told_by_its_date_header(date, offset_s):
    answered = Exchange(Request("GET", "https://a"), Response(200, "", (("Date", date),)), None, 1_800_000_000, 1000)
    found = clock_of(answered, "The provider")
    assert (found.offset_s if found else None) == offset_s


def test_without_an_answer_there_is_no_clock():
    assert clock_of(Exchange(Request("GET", "https://a"), None, None, 0, 1), "The provider") is None
