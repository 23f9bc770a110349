"""Which arrow is lit, and how: from what was recorded, in order, to a picture."""

import json
from urllib.parse import urlencode

from console.core.exchange import Exchange, Failure, FailureKind, Purpose, Request, Response
from console.core.flows.picture import Lit, draw
from console.core.flows.recorded import Recorded, moment_of, of_exchanges, prepared
from console.core.oauth.arrow import METADATA, Arrow, Carried, FlowMoment, Party, asked, given

TOKEN = (
    asked("ask", "The client asks", "", carried=Carried.APPLICATION),
    given("get", "The provider answers", "", carried=Carried.APPLICATION),
)
SIGN_IN = (
    Arrow(FlowMoment.LINK, Party.CLIENT, Party.PERSON, "link", "The link"),
    Arrow(FlowMoment.SIGN_IN, Party.PERSON, Party.PROVIDER, "signs in", "The person signs in", carried=Carried.PERSON),
    Arrow(FlowMoment.SENT_BACK, Party.PROVIDER, Party.PERSON, "code", "Sent back", carried=Carried.PERSON_AS_CODE),
    Arrow(FlowMoment.CAME_BACK, Party.PERSON, Party.CLIENT, "brings it", "It arrives", carried=Carried.PERSON_AS_CODE),
    *TOKEN,
)
DEVICE = (
    asked("codes?", "Asks for codes", "", carried=Carried.NOBODY, moment=FlowMoment.DEVICE),
    given("codes", "Gets codes", "", carried=Carried.NOBODY, moment=FlowMoment.DEVICE),
    Arrow(FlowMoment.SHOWN, Party.CLIENT, Party.PERSON, "code", "Shows the code"),
    Arrow(FlowMoment.SIGN_IN, Party.PERSON, Party.PROVIDER, "signs in", "The person signs in", carried=Carried.PERSON),
    asked("done?", "Is the person done?", "", carried=Carried.NOBODY, moment=FlowMoment.POLL),
    given("token", "The provider answers", "", carried=Carried.PERSON, moment=FlowMoment.POLL),
)


def exchange(form=None, *, status=200, body=None, failure=None, purpose=Purpose.TOKEN, at=100.0, url="https://idp/t"):
    raw = json.dumps(body if body is not None else {"access_token": "<token>"}).encode()
    response = Response(status, body=raw) if status else None
    sent = Request("POST", url, body=urlencode(form or {"grant_type": "client_credentials"}).encode())
    return Exchange(sent, response, failure, at, 50, purpose)


def refused(error, **more):
    return exchange(status=400, body={"error": error}, **more)


def lit(arrows, *happened):
    recorded = [one if isinstance(one, Recorded) else of_exchanges([one])[0] for one in happened]
    return [step.lit for step in draw(arrows, recorded).steps]


def test_before_anything_happened_the_first_arrow_is_next():
    assert lit(TOKEN) == [Lit.NEXT, Lit.WAITING]


def test_a_token_lights_both_arrows_and_nothing_is_next():
    picture = draw(TOKEN, of_exchanges([exchange()]))
    assert [step.lit for step in picture.steps] == [Lit.DONE, Lit.DONE]
    assert (picture.turn, picture.stopped, picture.done) == (None, None, 2)
    assert [step.number for step in picture.steps] == [1, 2]
    assert [step.elapsed_ms for step in picture.steps] == [None, 50]


def test_a_refusal_fails_the_answer_and_is_told_in_the_providers_word():
    picture = draw(TOKEN, of_exchanges([refused("invalid_client")]))
    assert [step.lit for step in picture.steps] == [Lit.DONE, Lit.FAILED]
    assert picture.stopped is picture.steps[1]
    assert picture.steps[1].outcome == "invalid_client"


def test_an_error_in_a_good_status_and_a_page_in_place_of_json_fail_too():
    assert lit(TOKEN, exchange(body={"error": "invalid_scope"}))[1] is Lit.FAILED
    assert lit(TOKEN, exchange(status=502, body="<html>"))[1] is Lit.FAILED


def test_without_an_answer_the_request_failed_and_its_answer_is_not_reached():
    dead = exchange(status=0, failure=Failure(FailureKind.REFUSED, "Nobody listens."))
    picture = draw(TOKEN, of_exchanges([dead]))
    assert [(step.lit, step.outcome) for step in picture.steps] == [(Lit.FAILED, "refused"), (Lit.WAITING, "")]


def test_an_answer_that_broke_off_failed_on_its_way():
    cut = exchange(failure=Failure(FailureKind.ENDED_EARLY, "It broke off."))
    picture = draw(TOKEN, of_exchanges([cut]))
    assert [(step.lit, step.outcome) for step in picture.steps] == [(Lit.DONE, ""), (Lit.FAILED, "ended_early")]


def test_a_nonce_that_was_asked_for_is_a_second_pair_and_no_failure():
    assert lit(TOKEN, refused("use_dpop_nonce"), exchange()) == [Lit.AGAIN, Lit.AGAIN, Lit.DONE, Lit.DONE]


def test_what_is_optional_is_drawn_where_it_happened_alone():
    arrows = (*METADATA, *TOKEN)
    assert len(draw(arrows, ()).steps) == 2
    document = exchange(purpose=Purpose.METADATA, body={"issuer": "https://idp"})
    assert lit(arrows, document, exchange()) == [Lit.DONE] * 4


def test_while_a_person_is_at_the_provider_it_is_their_turn():
    picture = draw(SIGN_IN, [Recorded(FlowMoment.LINK, at=100.0)])
    assert [step.lit for step in picture.steps] == [Lit.DONE, Lit.NEXT, *[Lit.WAITING] * 4]
    assert picture.turn is not None
    assert picture.turn.arrow.moment is FlowMoment.SIGN_IN


def test_what_nobody_saw_follows_from_what_came_after():
    arrived = Recorded(FlowMoment.CAME_BACK, at=108.0)
    assert lit(SIGN_IN, Recorded(FlowMoment.LINK, at=100.0), arrived) == [*[Lit.DONE] * 4, Lit.NEXT, Lit.WAITING]
    assert lit(SIGN_IN, exchange({"grant_type": "authorization_code"})) == [Lit.DONE] * 6


def test_a_person_who_said_no_stops_the_flow():
    denied = Recorded(FlowMoment.CAME_BACK, at=108.0, error="access_denied")
    picture = draw(SIGN_IN, [Recorded(FlowMoment.LINK, at=100.0), denied])
    assert [step.lit for step in picture.steps] == [Lit.DONE, Lit.DONE, Lit.DONE, Lit.FAILED, Lit.WAITING, Lit.WAITING]
    assert picture.turn is None
    assert picture.steps[3].outcome == "access_denied"


def poll(error=""):
    form = {"grant_type": "urn:ietf:params:oauth:grant-type:device_code"}
    return refused(error, form=form) if error else exchange(form)


CODES = exchange({"client_id": "c", "scope": "openid"}, body={"user_code": "***"})


def test_polls_that_were_told_to_wait_are_one_and_leave_the_person_their_turn():
    picture = draw(DEVICE, of_exchanges([CODES, *[poll("authorization_pending")] * 3, poll("slow_down")]))
    assert [step.lit for step in picture.steps] == [Lit.DONE] * 3 + [Lit.NEXT, Lit.AGAIN, Lit.AGAIN]
    assert picture.steps[4].times == 4


def test_the_poll_that_was_answered_stands_behind_those_that_were_not():
    shown = Recorded(FlowMoment.SHOWN, at=101.0)
    recorded = [*of_exchanges([CODES]), shown, *of_exchanges([poll("authorization_pending"), poll()])]
    picture = draw(DEVICE, recorded)
    assert [step.lit for step in picture.steps] == [*[Lit.DONE] * 4, Lit.AGAIN, Lit.AGAIN, Lit.DONE, Lit.DONE]
    assert [step.number for step in picture.steps] == list(range(1, 9))


def test_an_expired_device_code_fails_the_last_poll():
    assert lit(DEVICE, CODES, poll("expired_token"))[-1] is Lit.FAILED


def test_the_moment_of_a_request_is_read_from_the_names_in_its_form():
    assert moment_of(exchange({"response_type": "code", "client_id": "c"})) is FlowMoment.PUSH
    assert moment_of(exchange({"token": "<token>", "client_id": "c"}, url="https://idp/introspect")) is None
    assert moment_of(CODES) is FlowMoment.DEVICE
    assert moment_of(poll()) is FlowMoment.POLL
    assert moment_of(exchange(purpose=Purpose.CALL)) is FlowMoment.CALL
    assert moment_of(exchange(purpose=Purpose.KEYS)) is None
    assert of_exchanges([exchange(purpose=Purpose.KEYS)]) == ()


def test_who_takes_part_stands_in_one_order_and_time_runs_from_the_first_to_the_end_of_the_last():
    picture = draw(SIGN_IN, [Recorded(FlowMoment.LINK, at=100.0), *of_exchanges([exchange(at=107.95)])])
    assert picture.parts == (Party.PERSON, Party.CLIENT, Party.PROVIDER)
    assert picture.elapsed_s is not None
    assert round(picture.elapsed_s, 3) == 8.0
    assert draw(SIGN_IN, ()).elapsed_s is None


def test_a_request_that_waits_to_be_sent_is_next_and_what_comes_before_it_is_done():
    waiting = prepared(exchange({"grant_type": "authorization_code"}, status=0))
    picture = draw(SIGN_IN, [Recorded(FlowMoment.LINK, at=1.0), Recorded(FlowMoment.CAME_BACK, at=2.0), waiting])
    assert [step.lit for step in picture.steps] == [*[Lit.DONE] * 4, Lit.NEXT, Lit.WAITING]
    assert picture.turn is not None
    assert picture.turn.exchange is waiting.exchange
    assert prepared(exchange(purpose=Purpose.KEYS)) is None
