"""The chain as a page shows it: a picture, and a table with what stays and what changes."""

from dataclasses import replace

from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser

from console.core.credential import CredentialSummary
from console.core.profile import Profile
from console.core.tokens.diff import compare
from console.core.tokens.parse import parse
from console.core.tokens.says import says
from console.services.chains import ChainLink
from console.web.present.chains import chain_view
from tests.core.flows.test_chain import OBO
from tests.core.flows.test_picture import exchange, refused
from tests.services.signing_in import unsigned

MIRA = {"aud": "orders", "azp": "portal", "name": "Mira Holm", "sub": "m-1", "scp": "Orders.Read"}
TRADED = {"aud": "invoices", "azp": "orders", "name": "Mira Holm", "sub": "m-1", "scp": "Invoices.Read"}


def profile(name):
    return Profile(
        id="5db16cf2-3b48-436b-867b-beafb9e9b65a", owner_id=1,
        name=name, environment="", provider="entra", settings={}, client_id="c",
        grant="on_behalf_of", scope="", api_id=None, has_subscription_key=False, credential=CredentialSummary(),
        version=1,
    )  # fmt: skip


def link(name, api, claims=None, *, before=None, **more):
    token = parse(unsigned(claims)) if claims is not None else None
    change = compare(parse(unsigned(before)), token) if before and token else None
    return ChainLink(profile(name), "Entra ID", api, token, says(token) if token else None, change, **more)


FIRST = link("Portal", "Orders", MIRA)
SECOND = link("Orders", "Invoices", TRADED, before=MIRA, steps=(exchange(OBO),))


def page_of(*links):
    return LexborHTMLParser(render_to_string("components/chain.html", {"chain": chain_view(links)}))


def test_who_travels_is_named_with_who_acts():
    flow = chain_view([FIRST, SECOND])["flow"]
    assert [(arrow["who"]["text"], arrow["who"]["more"], arrow["who"]["css"]) for arrow in flow["arrows"]] == [
        ("Mira Holm", ", through Portal", "who-user"),
        ("Orders", ", for Mira Holm", "who-app"),
        ("Orders", ", for Mira Holm", "who-app"),
        ("Mira Holm", ", through Orders", "who-user"),
    ]
    assert [column["name"] for column in flow["columns"]] == ["Portal", "Orders", "Entra ID", "Invoices"]
    assert flow["title"] == "On behalf of Mira Holm"


def test_the_table_says_what_is_kept_and_what_is_new():
    cells = {cell["label"]: (cell["value"], cell["change"]) for cell in chain_view([FIRST, SECOND])["rows"][1]["cells"]}
    assert cells["For"] == ("invoices", "new")
    assert cells["Person"] == ("Mira Holm", "kept")
    assert cells["Acting"] == ("orders", "new")
    assert cells["May"] == ("Invoices.Read", "")


def test_what_differs_between_two_tokens_unfolds():
    assert "aud" in page_of(FIRST, SECOND).css_first("details ul.plain").text()


def test_a_refused_token_has_a_row_that_says_so():
    page = page_of(FIRST, link("Orders", "Invoices", steps=(refused("invalid_grant", form=OBO),)))
    row = page.css("tbody tr")[1].text()
    assert "refused" in row
    assert "nothing to read" in row
    assert "stopped at step 3 of 4" in page.css_first("#chain header").text()


def test_an_application_in_its_own_name_and_an_opaque_token_name_no_person():
    own = link("A", "B", {"sub": "a", "azp": "a", "aud": "b"})
    opaque = replace(own, token=parse("opaque"), said=says(parse("opaque")))
    rows = chain_view([own, opaque])["rows"]
    assert rows[0]["cells"][1]["value"] == "nobody: the application itself"
    assert rows[1]["note"].startswith("It is opaque")
    assert chain_view([own])["flow"]["title"] == "A token passed on"


def test_each_token_leads_to_the_profile_where_it_can_be_looked_at():
    links = [one.attributes["href"] for one in page_of(FIRST, SECOND).css("tbody th a")]
    assert links == [f"/profiles/{FIRST.profile.id}/", f"/profiles/{SECOND.profile.id}/"]


def test_a_pasted_token_comes_from_elsewhere():
    pasted = replace(FIRST, profile=None, provider="", is_pasted=True)
    assert chain_view([pasted, SECOND])["rows"][0]["name"] == "Token of elsewhere"


def test_names_and_claims_are_text():
    evil = link("<b>x</b>", "<i>y</i>", {**MIRA, "name": "<script>"})
    page = render_to_string("components/chain.html", {"chain": chain_view([evil, SECOND])})
    assert "<b>x" not in page
    assert "<script>" not in page
