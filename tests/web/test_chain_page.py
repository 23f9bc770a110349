"""A profile that passes a token on shows the chain that led to its own: drawn, and what each token says."""

import time

import pytest
from selectolax.lexbor import LexborHTMLParser

from console.services import profiles, tokens
from tests.services.builders import person
from tests.services.grant_side import granted, profile_for, side
from tests.web.people import signed_in

__all__ = ["side"]  # a fixture
pytestmark = pytest.mark.django_db


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def second(actor, side):
    first = profile_for(actor, side, "client_credentials", scope="first")
    return profile_for(actor, side, "on_behalf_of", scope="second", subject_from=first.id)


def lay(side, *, refused=False):
    now = int(time.time())
    token = {"aud": "c", "azp": "portal", "name": "Mira Holm", "scp": "Orders.Read"}
    side.lay("/token", granted(access_token=side.id_token(now, **token)))
    traded = {**token, "aud": "invoices", "azp": "c"}
    answer = (400, {"error": "invalid_grant"}) if refused else granted(access_token=side.id_token(now, **traded))
    side.lay("/token", answer)


def chain_of(response):
    return LexborHTMLParser(response.content.decode()).css_first("#chain")


def test_before_a_token_the_chain_says_what_is_next(actor, second):
    page = signed_in(actor).get(f"/profiles/{second.id}/")
    assert "0 of 6 done, step 1 is next" in chain_of(page).text()


def test_a_token_that_was_passed_on_is_drawn_with_both_requests(actor, side, second):
    lay(side)
    page = signed_in(actor).post(f"/profiles/{second.id}/token/")
    chain = chain_of(page)
    assert "On behalf of Mira Holm" in chain.css_first("h2").text()
    assert [one.text() for one in chain.css("svg .number")] == ["1", "2", "3", "4", "5", "6"]
    text = LexborHTMLParser(page.content.decode()).css_first("#token").text()
    assert "kept" in text
    assert "invoices" in text


def test_stored_tokens_are_drawn_when_the_page_is_opened_again(actor, side, second):
    lay(side)
    tokens.obtain(actor, second.id)
    assert "3 of 4 done" in chain_of(signed_in(actor).get(f"/profiles/{second.id}/")).text()


def test_a_refused_trade_stops_in_the_picture(actor, side, second):
    lay(side, refused=True)
    page = signed_in(actor).post(f"/profiles/{second.id}/token/")
    assert "stopped at step 5 of 6" in chain_of(page).text()


def test_where_the_other_profile_is_gone_the_page_stands_without_a_chain(actor, side, second):
    named = second.settings["subject_from"]
    profiles.delete(actor, named)
    page = signed_in(actor).get(f"/profiles/{second.id}/")
    assert page.status_code == 200
    assert chain_of(page) is None


def test_a_profile_that_passes_nothing_on_has_none(actor, side):
    first = profile_for(actor, side, "client_credentials", scope="first")
    assert chain_of(signed_in(actor).get(f"/profiles/{first.id}/")) is None
