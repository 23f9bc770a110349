"""What holds for every fault, and without one."""

import json

import pytest

from console.core.diagnosis import CAUSES
from console.core.exchange import Response
from console.sandbox.faults import FAULTS, OF_APPLICATIONS, fault
from console.sandbox.faults.base import NOTHING_REFUSED, Needs, ShowsAt
from tests.sandbox.builders import (
    answered,
    assertion,
    assertion_form,
    call,
    fresh,
    post_form,
    secret_form,
    send,
    token_for,
)

CERTIFICATE = assertion_form(assertion())


def test_every_fault_shows_and_only_where_it_says():
    for one in OF_APPLICATIONS:
        form = CERTIFICATE if one.needs is Needs.CERTIFICATE else secret_form()
        answer, state = send(post_form(form), fresh(one.code))
        is_refused = not isinstance(answer, Response) or answer.status != 200
        assert is_refused == (one.shows_at is ShowsAt.TOKEN), one.code
        if not is_refused:
            token = json.loads(answer.body)["access_token"]
            second, _ = send(call(token), state)
            assert not isinstance(second, Response) or second.status >= 400, one.code


def test_an_explanation_is_a_sentence_and_a_cause_one_of_the_catalogue():
    assert [one.code for one in FAULTS if not one.explanation.endswith(".")] == []
    assert {one.cause for one in FAULTS} <= {*(cause.slug for cause in CAUSES), NOTHING_REFUSED}


def test_a_fault_never_stays_in_the_state_but_as_its_code():
    for one in OF_APPLICATIONS:
        _, after = send(post_form(secret_form()), fresh(one.code))
        assert after == fresh(one.code), one.code


@pytest.mark.parametrize("code", [None, "gone"])
def test_no_code_and_an_unknown_code_are_no_fault(code):
    assert fault(code) is None
    assert answered(call(token_for(fresh(code))), fresh(code)).status == 200
