"""The chain as a page shows it: a picture, and a table with what stays and what changes."""

from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser

from console.core.flows.chain import ChainLink
from console.web.present.chains import chain_view
from tests.core.flows.test_chain import FIRST, MIRA, OBO, TRADED
from tests.core.flows.test_picture import exchange, refused

SECOND = ChainLink("Orders", "Invoices", (exchange(OBO),), TRADED, has_token=True)


def view(*links):
    return chain_view(links, provider="Entra ID", provider_host="login.nordhavn.example")


def test_who_travels_is_named_with_who_acts():
    shown = view(FIRST, SECOND)
    assert [(arrow["who"]["text"], arrow["who"]["more"], arrow["who"]["css"]) for arrow in shown["flow"]["arrows"]] == [
        ("Mira Holm", ", through Portal", "who-user"),
        ("Orders", ", for Mira Holm", "who-app"),
        ("Orders", ", for Mira Holm", "who-app"),
        ("Mira Holm", ", through Orders", "who-user"),
    ]
    assert [column["name"] for column in shown["flow"]["columns"]] == ["Portal", "Orders", "Entra ID", "Invoices"]
    assert shown["flow"]["title"] == "On behalf of Mira Holm"


def test_the_table_says_what_is_kept_and_what_is_new():
    cells = {cell["label"]: (cell["value"], cell["change"]) for cell in view(FIRST, SECOND)["rows"][1]["cells"]}
    assert cells["For"] == ("invoices", "new")
    assert cells["Person"] == ("Mira Holm", "kept")
    assert cells["Acting"] == ("orders", "new")
    assert cells["May"] == ("Invoices.Read", "")


def test_a_refused_token_has_a_row_that_says_so():
    shown = view(FIRST, ChainLink("Orders", "Invoices", (refused("invalid_grant", form=OBO),)))
    page = LexborHTMLParser(render_to_string("components/chain.html", {"chain": shown}))
    row = page.css("tbody tr")[1].text()
    assert "refused" in row
    assert "nothing to read" in row
    assert "stopped at step 3 of 4" in page.css_first("#chain header").text()


def test_names_and_claims_are_text():
    evil = ChainLink("<b>x</b>", "<i>y</i>", claims={**MIRA, "name": "<script>"}, has_token=True)
    page = render_to_string("components/chain.html", {"chain": view(evil, SECOND)})
    assert "<b>x" not in page
    assert "<script>" not in page
