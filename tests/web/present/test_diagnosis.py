"""The card of a diagnosis says each fact once, the answer first."""

from dataclasses import replace

from django.template.loader import render_to_string

from console.core.diagnosis import CAUSES
from console.core.diagnosis.base import Diagnosis, RankedCause
from console.core.diagnosis.terms import Answerer, Confidence
from console.web.present.diagnosis import diagnosis_view

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
    assert good.index("It worked") < good.index("The API behind the gateway answered.")


def test_that_nobody_knows_who_answered_is_no_news():
    unknown = replace(REFUSED, answered_by=Answerer.UNKNOWN, how_known="Nothing tells who answered.")
    assert "who answered" not in card(replace(unknown, causes=(replace(FIRST, what="The secret has ended."),)))
    assert "who answered" not in card(replace(unknown, causes=()))
