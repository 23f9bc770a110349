"""A chain of tokens: its columns and its arrows."""

from console.core.flows.chain import Hop, chain_picture, participants
from console.core.flows.picture import Lit
from tests.core.flows.test_picture import exchange, refused

FIRST = Hop("Portal", "Entra", "Orders", has_token=True)
OBO = {"grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": "<token>"}
TRADED = Hop("Orders", "Entra", "Invoices", (exchange(OBO),), has_token=True)
REFUSED = Hop("Orders", "Entra", "Invoices", (refused("invalid_grant", form=OBO),))


def lit(*hops):
    return [step.lit for step in chain_picture(hops).steps]


def names(*hops):
    return [name for _, name in participants(hops)]


def test_one_provider_stands_before_the_last_api():
    assert names(FIRST, TRADED) == ["Portal", "Orders", "Entra", "Invoices"]
    assert chain_picture([FIRST, TRADED]).parts == tuple(key for key, _ in participants([FIRST, TRADED]))


def test_of_several_each_stands_beside_who_asks_it_first():
    first = Hop("Portal", "ID-porten", "Orders", has_token=True)
    second, third = Hop("Orders", "TokenX", "Invoices"), Hop("Invoices", "TokenX", "Tax")
    assert names(first, second, third) == ["Portal", "ID-porten", "Orders", "TokenX", "Invoices", "Tax"]
    sources = [step.arrow.source for step in chain_picture([first, second, third]).steps]
    assert sources == ["client-0", "client-1", "provider-1", "client-1", "client-2", "provider-1", "client-2"]


def test_a_pasted_token_names_no_provider():
    assert names(Hop("Whoever was called", "", "", has_token=True), TRADED) == [
        "Whoever was called", "Orders", "Entra", "Invoices",
    ]  # fmt: skip


def test_a_token_that_is_there_begins_with_the_call():
    picture = chain_picture([FIRST, Hop("Orders", "Entra", "Invoices")])
    assert [(step.arrow.source, step.arrow.target) for step in picture.steps] == [
        ("client-0", "client-1"), ("client-1", "provider-0"), ("provider-0", "client-1"), ("client-1", "client-2"),
    ]  # fmt: skip
    assert [step.lit for step in picture.steps] == [Lit.NEXT, Lit.WAITING, Lit.WAITING, Lit.WAITING]
    assert [step.number for step in picture.steps] == [1, 2, 3, 4]


def test_a_first_token_that_was_asked_for_now_begins_with_that():
    first = Hop("Portal", "Entra", "Orders", (exchange(),), has_token=True)
    assert lit(first, Hop("Orders", "Entra", "")) == [Lit.DONE, Lit.DONE, Lit.NEXT, *[Lit.WAITING] * 3]


def test_without_a_first_token_that_is_what_is_next():
    assert lit(Hop("Portal", "Entra", ""), Hop("Orders", "Entra", ""))[0] is Lit.NEXT


def test_a_traded_token_lights_the_call_that_came_before_it():
    assert lit(FIRST, TRADED) == [Lit.DONE, Lit.DONE, Lit.DONE, Lit.NEXT]
    stored = Hop("Orders", "Entra", "Invoices", has_token=True)
    assert lit(FIRST, stored) == [Lit.DONE, Lit.DONE, Lit.DONE, Lit.NEXT]


def test_a_refused_trade_stops_the_chain():
    picture = chain_picture([FIRST, REFUSED])
    assert [step.lit for step in picture.steps] == [Lit.DONE, Lit.DONE, Lit.FAILED, Lit.WAITING]
    assert picture.stopped is not None
    assert picture.stopped.outcome == "invalid_grant"
    assert picture.turn is None


def test_three_hops_have_two_apis_between():
    hops = [FIRST, TRADED, Hop("Invoices", "Entra", "")]
    assert names(*hops) == ["Portal", "Orders", "Invoices", "Entra", "The last API"]
    assert lit(*hops)[:4] == [Lit.DONE, Lit.DONE, Lit.DONE, Lit.NEXT]
