"""What a far side says of its work is its own text: short in what is kept, and without what it was sent."""

import json

import pytest

from console.core.call import ApiCall
from console.models import Run
from console.services import calls
from console.store import runs as run_store
from console.web.present.runs import run_view
from tests.services.builders import with_samples
from tests.services.outside import KEY, api
from tests.services.test_calls import with_token

__all__ = ["api"]  # a fixture

pytestmark = pytest.mark.django_db


def begun(actor, api, word):
    """Long work whose beginning has that word in it; `word` is given the token and the key that arrived."""
    profile = with_token(actor, api.url)
    calls.send(actor, profile.id, ApiCall("GET", "/echo"))
    bearer = api.seen[-1]["headers"]["Authorization"].removeprefix("Bearer ")
    body = json.dumps({"status": word(bearer)}).encode()
    headers = [("Operation-Location", "/monitor"), ("Retry-After", "0"), ("Content-Type", "application/json")]
    api.answers |= {"/work": (202, headers, body), "/monitor": (200, headers, body)}
    return bearer, calls.send(actor, profile.id, ApiCall("POST", "/work"))


ECHOES = {
    "the token": lambda bearer: bearer,
    "the signature": lambda bearer: f"Running for {bearer.rsplit('.', 1)[1]}",
    "the key": lambda bearer: f"Running for {KEY}",
}


@pytest.mark.parametrize("word", ECHOES.values(), ids=ECHOES)
def test_the_word_for_the_work_shows_nothing_that_was_sent(api, word):
    actor = with_samples()
    bearer, sent = begun(actor, api, word)
    for _ in range(2):
        kept = repr(Run.objects.filter(attempt_id=sent.attempt_id).values().get())
        assert KEY not in kept and bearer.rsplit(".", 1)[1] not in kept
        assert run_store.of_attempt(actor, sent.attempt_id).state
        calls.look_again(actor, sent.attempt_id)


def test_a_word_that_has_no_end_is_kept_short(api):
    actor = with_samples()
    _, sent = begun(actor, api, lambda _: "Running " * 20_000)
    calls.look_again(actor, sent.attempt_id)
    run = run_store.of_attempt(actor, sent.attempt_id)
    assert (run.state, run.is_done) == ("A text of 160000 characters", False)


@pytest.mark.parametrize("place", ["/monitor?access_token={token}", "/monitor?key={key}", "/monitor/{key}?a=b"])
def test_the_address_of_the_next_look_is_asked_as_it_came_and_shown_without_what_was_sent(api, place):
    actor = with_samples()
    bearer, sent = begun(actor, api, lambda _: "Running")
    place = place.format(token=bearer, key=KEY)
    api.answers["/monitor"] = (202, [("Location", place), ("Retry-After", "0")])
    calls.look_again(actor, sent.attempt_id)
    run = run_store.of_attempt(actor, sent.attempt_id)
    shown = run_view(run, sent.attempt_id, 0)["next_url"]
    assert KEY not in shown and bearer.rsplit(".", 1)[1] not in shown
    assert shown.startswith(f"{api.url}/monitor")
    calls.look_again(actor, sent.attempt_id)
    assert api.seen[-1]["path"] == place
