"""What is kept of an answer: long texts and harmless bytes beside their attempt, redacted, bounded, gone with it."""

import json

import pytest

from console.core.answer.keeping import BESIDE
from console.core.call import ApiCall
from console.core.errors import NotFound
from console.models import AnswerBody
from console.services import answer_bodies, calls, wiring
from console.store import attempts
from tests.core.answer.test_body import png
from tests.far_sides import allow
from tests.served_bodies import Bodies
from tests.services.builders import person, with_samples
from tests.services.outside import KEY, outside_api, outside_profile
from tests.vectors.bad_input.faultserver import FaultServer

pytestmark = pytest.mark.django_db
BARE = {"sends_token": False, "sends_subscription_key": False}
PICTURE = png(3, 2) + bytes(range(256))
ROWS = json.dumps([{"id": number, "name": f"Order {number}"} for number in range(4_000)]).encode()


@pytest.fixture
def actor():
    return with_samples()


@pytest.fixture
def opened(settings, actor):
    """Calls a path of bodies that are told; gives what was sent."""

    def call(media_type, body, *, bare=True):
        with Bodies({"/it": (media_type, body)}) as server:
            allow(settings, server)
            profile = outside_profile(actor, api_id=outside_api(actor, server.url).id)
            sends = BARE if bare else {"sends_token": False}
            return calls.send(actor, profile.id, ApiCall("GET", "/it", **sends))

    yield call
    wiring.egress_policy.cache_clear()


def body_of(actor, sent):
    with answer_bodies.opened(actor, sent.attempt_id) as body:
        return body


def test_a_short_text_stands_with_its_attempt(actor, opened):
    sent = opened("application/json", b'{"a": 1}')
    assert AnswerBody.objects.count() == 0
    body = body_of(actor, sent)
    assert (body.content, body.is_text, body.told, body.is_cut) == (b'{"a": 1}', True, "", False)


def test_of_a_long_text_the_beginning_stands_with_the_attempt_and_the_whole_beside(actor, opened):
    sent = opened("application/json", ROWS)
    response = attempts.get(actor, sent.attempt_id).value.exchanges[-1].response
    assert (len(response.body), response.whole_bytes) == (BESIDE, len(ROWS))
    assert body_of(actor, sent).content == ROWS
    assert sent.exchange.response.size_bytes == len(ROWS)


def test_a_picture_is_kept_as_it_came_and_told_of_where_texts_stand(actor, opened):
    sent = opened("image/png", PICTURE)
    body = body_of(actor, sent)
    assert (body.content, body.is_text) == (PICTURE, False)
    assert b"Nothing to hide was found in it." in sent.exchange.response.body


def test_of_bytes_that_may_hold_a_secret_only_a_sentence_is_kept(actor, opened):
    sent = opened("image/png", lambda headers: PICTURE + headers["Ocp-Apim-Subscription-Key"].encode(), bare=False)
    body = body_of(actor, sent)
    assert AnswerBody.objects.count() == 0
    assert body.told.startswith("Not text: ")
    assert KEY not in repr(sent.exchange.response.body)


def test_a_secret_is_masked_in_a_long_text_too(actor, opened):
    sent = opened("text/plain", lambda headers: ROWS + headers["Ocp-Apim-Subscription-Key"].encode(), bare=False)
    body = body_of(actor, sent)
    assert KEY.encode() not in body.content
    assert body.content.startswith(ROWS)


def test_the_body_goes_with_its_attempt_and_is_nobody_elses(actor, opened):
    sent = opened("application/json", ROWS)
    with pytest.raises(NotFound), answer_bodies.opened(person("stranger@example.com"), sent.attempt_id):
        pass
    calls.delete_attempt(actor, sent.attempt_id)
    assert AnswerBody.objects.count() == 0


def test_an_attempt_without_a_body_says_so(actor, opened):
    sent = opened("text/plain", b"")
    with pytest.raises(NotFound, match="no answer with a body"), answer_bodies.opened(actor, sent.attempt_id):
        pass


# path at the misbehaving server, the kind of its failure, the bytes that are kept of it
HOSTILE = [
    ("/gzip-bomb/50", "too_large", 1_000_000),
    ("/deflate-bomb/50", "too_large", 1_000_000),
    ("/huge/5", "too_large", 1_000_000),
    ("/endless", "too_large", 1_000_000),
    ("/half", "ended_early", 3),
    ("/html/200", None, None),
    ("/xss", None, None),
    ("/json-deep", None, 100_000),
    ("/binary", None, 256),
    ("/charset/made-up", None, None),
]


@pytest.mark.parametrize(("path", "kind", "size"), HOSTILE)
def test_what_a_misbehaving_api_sends_is_kept_within_the_limit_and_can_be_opened(settings, actor, path, kind, size):
    with FaultServer() as server:
        settings.CONSOLE_EGRESS_ALLOW = f"127.0.0.1:{server.server_address[1]}"
        wiring.egress_policy.cache_clear()
        profile = outside_profile(actor, api_id=outside_api(actor, server.url).id)
        sent = calls.send(actor, profile.id, ApiCall("GET", path, **BARE))
    wiring.egress_policy.cache_clear()
    failure = sent.exchange.failure
    assert (failure.kind.value if failure else None) == kind
    body = body_of(actor, sent)
    assert body.is_cut is (kind is not None)
    if size is not None:
        assert len(body.content) == size or body.told


@pytest.mark.parametrize(("mb", "kept"), [(1, 1_000_000), (3, 3_000_000)])
def test_the_administrator_says_how_much_of_an_answer_is_kept(settings, actor, opened, mb, kept):
    settings.CONSOLE_ANSWER_MB = mb
    text = b"order\n" * 600_000
    sent = opened("text/plain", text)
    assert len(body_of(actor, sent).content) == kept
    assert sent.exchange.failure.kind.value == "too_large"
    assert f"larger than {kept:,} bytes" in sent.exchange.failure.detail
