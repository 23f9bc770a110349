"""The card of a diagnosis says each fact once, the answer first."""

from dataclasses import replace

import pytest
from django.template.loader import render_to_string

from console.core.diagnosis import CAUSES
from console.core.diagnosis.base import Diagnosis, RankedCause, Sides
from console.core.diagnosis.terms import Answerer, Basis, Confidence
from console.web.present.diagnosis import Telling, diagnosis_view
from console.web.present.who import Reader

CAUSE = next(one for one in CAUSES if one.slug == "app-permission-not-granted")
SAID = "The gateway answered 401 because the token carries no roles."
FIRST = RankedCause(CAUSE.slug, CAUSE.stage, Confidence.CERTAIN, CAUSE.who, SAID, "why", "do", ())
HOW = "The body has the gateway's own shape (statusCode, message)."
REFUSED = Diagnosis(Answerer.GATEWAY, HOW, (FIRST,), (), "1")


def card(diagnosis, **how):
    view = diagnosis_view(diagnosis, **{"succeeded": False, **how})
    return render_to_string("diagnosis/card.html", {"diagnosis": view})


def test_who_answered_is_not_said_again_below_a_headline_that_says_it():
    shown = card(REFUSED)
    assert shown.count("The gateway answered") == 1
    assert "The body has the gateway" in shown
    assert shown.index(SAID) < shown.index("The body has the gateway")


def test_who_answered_is_said_where_the_headline_leaves_it_open():
    silent = replace(REFUSED, causes=(replace(FIRST, what="The token has expired."),))
    shown = card(silent)
    assert shown.index("The token has expired.") < shown.index("The gateway answered.")
    good = card(Diagnosis(Answerer.BACKEND, "The answer has none of the gateway's marks.", (), (), "1"), succeeded=True)
    assert good.index("It worked") < good.index("The API answered.")


def test_how_it_is_known_who_answered_does_not_repeat_the_reason():
    silent = replace(FIRST, what="localhost did not answer.", why="It stood, but no complete answer came. The rest.")
    found = replace(REFUSED, answered_by=Answerer.NOBODY, how_known="No complete answer came. The rest.")
    shown = card(replace(found, causes=(silent,)))
    assert shown.lower().count("no complete answer came") == 1 and "Nobody answered." in shown
    other = card(replace(found, causes=(replace(silent, why="It stood."),)))
    assert "Nobody answered. No complete answer came. The rest." in other


def test_that_nobody_knows_who_answered_is_no_news():
    unknown = replace(REFUSED, answered_by=Answerer.UNKNOWN, how_known="Nothing tells who answered.")
    assert "who answered" not in card(replace(unknown, causes=(replace(FIRST, what="The secret has ended."),)))
    assert "who answered" not in card(replace(unknown, causes=()))


SIDES = Sides("aud of the token", "accepted", ("api://stock",), ("stock", "https://stock.example"))
OF_BOTH = replace(FIRST, why="aud is api://stock; this API accepts stock or https://stock.example. Both name one API.")


def test_a_reason_does_not_repeat_the_sides_that_stand_beside_each_other():
    shown = card(replace(REFUSED, causes=(OF_BOTH,), sides=SIDES))
    assert "this API accepts" not in shown
    assert "Both name one API." in shown
    assert "<mark>" in shown
    assert "They differ in this: the first has “api://” besides." in shown


def test_a_claim_that_is_absent_is_called_so():
    shown = card(replace(REFUSED, sides=replace(SIDES, actual=())))
    assert '<span class="muted">absent</span>' in shown


def test_an_api_that_the_console_knows_is_named_beside_its_audience():
    view = diagnosis_view(
        replace(REFUSED, sides=SIDES),
        succeeded=False,
        telling=Telling(reader=Reader(api="Orders", named={"api://stock": "Stock"})),
    )
    assert [(row["label"], row["known"]) for row in view["primary"]["sides"]] == [
        ("aud of the token", "Stock"),
        ("Orders accepts", ""),
        ("or", ""),
    ]


@pytest.mark.parametrize(
    ("diagnosis", "sure"),
    [
        (replace(REFUSED, sides=SIDES), "Certain: what the token says was compared with what is accepted."),
        (
            replace(REFUSED, causes=(replace(FIRST, basis=Basis.WORDS),)),
            "Certain: the gateway’s own words say so.",
        ),
        (
            replace(
                REFUSED,
                answered_by=Answerer.NOBODY,
                how_known="No complete answer came.",
                causes=(replace(FIRST, basis=Basis.WORDS),),
            ),
            "Certain: the connection itself failed there.",
        ),
        (REFUSED, "Certain: what was sent and what came back fit nothing else."),
    ],
)
def test_how_sure_it_is_says_by_what(diagnosis, sure):
    assert sure in card(diagnosis)


def test_what_follows_from_the_first_is_folded_and_called_so():
    after = replace(FIRST, what="The issuer is another.", follows=True)
    assert "1 more that follows from it" in card(replace(REFUSED, causes=(FIRST, after)))
    both = card(replace(REFUSED, causes=(FIRST, after, replace(after, follows=False))))
    assert "1 further cause to look at and 1 more that follows from it" in both


def test_a_call_that_was_let_in_is_no_refusal_whatever_came_of_it():
    cut_off = next(one for one in CAUSES if one.slug == "answer-too-large")
    found = replace(FIRST, cause=cut_off.slug, stage=cut_off.stage, what=cut_off.what)
    assert '<section class="diagnosis warning"' in card(replace(REFUSED, causes=(found,)))
    assert '<section class="diagnosis fail"' in card(REFUSED)
    assert '<section class="diagnosis fail"' in card(replace(REFUSED, causes=(found,)), has_failed_later=True)


def test_an_answer_that_nobody_could_read_is_not_called_well():
    good = Diagnosis(Answerer.UNKNOWN, "", (), (), "1")
    shown = card(good, succeeded=True, is_unread=True)
    assert "It worked" not in shown and 'class="diagnosis unknown"' in shown
    assert "could not be read, so whether it holds an error is not known" in shown
    assert "It worked: nothing to explain." in card(good, succeeded=True)
    assert "Accepted: the API works on it." in card(good, succeeded=True, is_unread=True, is_going_on=True)
    assert "did not succeed" in card(good, succeeded=True, is_unread=True, has_failed_later=True)
    assert "is not known" not in card(REFUSED, succeeded=True, is_unread=True)
