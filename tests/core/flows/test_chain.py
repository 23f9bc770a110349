"""A chain of tokens: its columns, its arrows, and what each token says."""

import pytest

from console.core.flows.chain import ChainLink, chain_picture, participants, what_tokens_say
from console.core.flows.picture import Lit
from tests.core.flows.test_picture import exchange, refused

MIRA = {"aud": "orders", "azp": "portal", "name": "Mira Holm", "oid": "m-1", "scp": "Orders.Read"}
TRADED = {"aud": "invoices", "azp": "orders", "name": "Mira Holm", "oid": "m-1", "scp": "Invoices.Read"}
FIRST = ChainLink("Portal", "Orders", claims=MIRA, has_token=True)
OBO = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "<token>"}


def lit(*links):
    return [step.lit for step in chain_picture(links).steps]


def test_the_provider_stands_before_the_last_api():
    links = [FIRST, ChainLink("Orders", "Invoices")]
    assert participants(links) == (
        ("client-0", "Portal"), ("client-1", "Orders"), ("provider", "Identity provider"), ("client-2", "Invoices"),
    )  # fmt: skip
    assert chain_picture(links).parts == tuple(key for key, _ in participants(links))


def test_a_token_that_is_there_begins_with_the_call():
    picture = chain_picture([FIRST, ChainLink("Orders", "Invoices")])
    assert [(step.arrow.source, step.arrow.target) for step in picture.steps] == [
        ("client-0", "client-1"), ("client-1", "provider"), ("provider", "client-1"), ("client-1", "client-2"),
    ]  # fmt: skip
    assert [step.lit for step in picture.steps] == [Lit.NEXT, Lit.WAITING, Lit.WAITING, Lit.WAITING]
    assert [step.number for step in picture.steps] == [1, 2, 3, 4]


def test_a_traded_token_lights_the_call_that_came_before_it():
    second = ChainLink("Orders", "Invoices", (exchange(OBO),), TRADED, has_token=True)
    assert lit(FIRST, second) == [Lit.DONE, Lit.DONE, Lit.DONE, Lit.NEXT]


def test_a_refused_trade_stops_the_chain():
    picture = chain_picture([FIRST, ChainLink("Orders", "Invoices", (refused("invalid_grant", form=OBO),))])
    assert [step.lit for step in picture.steps] == [Lit.DONE, Lit.DONE, Lit.FAILED, Lit.WAITING]
    assert picture.stopped is not None
    assert picture.stopped.outcome == "invalid_grant"
    assert picture.turn is None


def test_three_links_have_two_apis_between():
    links = [
        FIRST,
        ChainLink("Orders", "Invoices", (exchange(OBO),), TRADED, has_token=True),
        ChainLink("Invoices", ""),
    ]
    assert [name for _, name in participants(links)] == [
        "Portal", "Orders", "Invoices", "Identity provider", "The last API",
    ]  # fmt: skip
    assert lit(*links)[:4] == [Lit.DONE, Lit.DONE, Lit.DONE, Lit.NEXT]


def test_the_person_is_kept_and_api_and_acting_client_change():
    said = what_tokens_say([FIRST, ChainLink("Orders", "Invoices", claims=TRADED, has_token=True)])
    assert [(one.audience, one.person, one.acting, one.may) for one in said] == [
        ("orders", "Mira Holm", "portal", "Orders.Read"), ("invoices", "Mira Holm", "orders", "Invoices.Read"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("claims", "person"),
    [
        ({"sub": "client", "azp": "client"}, None),
        ({"idtyp": "app", "oid": "x"}, None),
        ({"roles": ["Orders.Read"], "oid": "x", "appid": "y"}, None),
        ({"sub": "s", "pid": "01015000000", "client_id": "s"}, "01015000000"),
        ({"sub": "mira", "client_id": "portal"}, "mira"),
        ({"sub": 7}, ""),
        ({}, ""),
    ],
)
def test_an_application_in_its_own_name_is_no_person(claims, person):
    assert what_tokens_say([ChainLink("A", "B", claims=claims, has_token=True)])[0].person == person


def test_who_acts_is_read_from_act_and_a_circle_of_it_ends():
    deep = {"sub": "last"}
    for number in range(30):
        deep = {"sub": f"a{number}", "act": deep}
    said = what_tokens_say([ChainLink("A", "B", claims={"sub": "mira", "act": deep}, has_token=True)])[0]
    assert said.actors[0] == "a29"
    assert len(said.actors) == 10


def test_an_opaque_and_a_refused_token_say_nothing():
    opaque, gone = what_tokens_say(
        [ChainLink("A", "B", has_token=True), ChainLink("B", "C", (refused("invalid_grant", form=OBO),))]
    )
    assert (opaque.is_there, opaque.is_refused, opaque.is_readable) == (True, False, False)
    assert (gone.is_there, gone.is_refused, gone.is_readable) == (False, True, False)
