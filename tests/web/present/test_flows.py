"""A picture as coordinates and words; names of any length find room, and nothing of a name is markup."""

import json

import pytest
from django.template.loader import render_to_string
from selectolax.lexbor import LexborHTMLParser

from console.core.exchange import Exchange, Failure, FailureKind, Purpose, Request, Response
from console.core.flows.picture import draw
from console.core.flows.recorded import of_exchanges
from console.core.grants import GRANTS, client_credentials
from console.web.present.flows import ROW, FlowNames, flow_view

NAMES = FlowNames("Orders portal", "Entra ID", "https://login.nordhavn.example/token")
GRANT = client_credentials.GRANT


def exchange(*, status=200, body=None, failure=None):
    raw = json.dumps(body or {"access_token": "<token>"}).encode()
    form = b"grant_type=client_credentials&client_secret=***&scope=orders"
    sent = Request("POST", "https://login.nordhavn.example/token", body=form)
    response = Response(status, "OK" if status == 200 else "", body=raw) if status else None
    return Exchange(sent, response, failure, 100.0, 141, Purpose.TOKEN)


def view(*exchanges, names=NAMES):
    return flow_view(draw(GRANT.arrows, of_exchanges(exchanges)), names, key="flow", title="How")


def page_of(shown):
    return LexborHTMLParser(render_to_string("components/flow.html", {"flow": shown}))


def test_participants_stand_in_columns_and_an_arrow_goes_from_one_to_the_other():
    shown = view(exchange())
    assert [(one["x"], one["name"], one["detail"]) for one in shown["columns"]] == [
        ("25%", "Console", "plays Orders portal"),
        ("75%", "Entra ID", "login.nordhavn.example"),
    ]
    there, back = shown["arrows"]
    assert (there["start"], there["end"], there["middle"]) == ("25%", "75%", "50%")
    assert (back["start"], back["end"]) == ("75%", "25%")
    assert back["y"] - there["y"] == ROW
    assert shown["height"] > back["y"]


def test_it_says_in_a_sentence_how_far_it_came():
    assert view(exchange())["label"] == "How: 2 of 2"
    refused = view(exchange(status=401, body={"error": "invalid_client"}))
    assert (refused["summary"], refused["tone"]) == ("stopped at step 2 of 2", "fail")
    assert view()["summary"] == "0 of 2 done, step 1 is next"


def test_a_refused_step_says_the_providers_word_and_is_open():
    step = view(exchange(status=401, body={"error": "invalid_client"}))["steps"][1]
    assert [chip["text"] for chip in step["chips"]] == ["invalid_client", "401 Unauthorized", "141 ms"]
    assert step["is_open"]


def test_what_an_answer_means_is_not_said_of_a_refusal():
    assert "There is no refresh token" in view(exchange())["steps"][1]["text"]
    assert view(exchange(status=401, body={"error": "invalid_client"}))["steps"][1]["text"] == ""


def test_an_error_of_any_length_finds_room():
    shown = view(exchange(status=400, body={"error": "x" * 100_000}))
    assert len(shown["arrows"][1]["label"]) <= 40
    assert len(shown["arrows"][1]["aria"]) <= 200
    assert len(shown["steps"][1]["chips"][0]["text"]) <= 40


def test_why_there_was_no_answer_stands_with_the_request():
    shown = view(exchange(status=0, failure=Failure(FailureKind.REFUSED, "Nobody listens there.")))
    assert [step["note"] for step in shown["steps"]] == ["Nobody listens there.", ""]
    assert shown["arrows"][1]["who"]["text"] == "not reached"


def test_request_and_answer_stand_each_with_its_own_arrow_and_fields_are_explained():
    asked, given = view(exchange())["steps"]
    fields = {row["name"]: row for section in asked["sections"] for row in section["rows"]}
    assert fields["client_secret"]["is_masked"]
    assert fields["scope"]["purpose"] == "What the token shall be good for; openid asks for an ID token too."
    assert [section["title"] for section in given["sections"]] == ["Headers received", "Body received"]


def test_every_arrow_of_the_picture_leads_to_its_step_in_the_list():
    page = page_of(view(exchange()))
    links = [one.attributes["href"] for one in page.css("svg.sequence a")]
    assert links == ["#flow-1", "#flow-2"]
    assert [one.attributes["id"] for one in page.css("ol.numbered > li")] == ["flow-1", "flow-2"]
    assert page.css_first("svg.sequence").attributes["aria-label"] == "How: 2 of 2"
    assert all(one.attributes["aria-label"].startswith("Step ") for one in page.css("svg.sequence a"))


@pytest.mark.parametrize("name", ["x" * 200, "<script>alert(1)</script>", "\u202enoitcudorp", "portal " * 40])
def test_any_name_finds_room_in_the_picture_and_is_whole_in_the_list(name):
    shown = view(exchange(), names=FlowNames(name, name, "https://[broken"))
    assert all(len(column["name"]) <= 24 and len(column["detail"]) <= 24 for column in shown["columns"])
    assert all(len(arrow["who"]["text"]) <= 20 and len(arrow["label"]) <= 40 for arrow in shown["arrows"])
    page = page_of(shown)
    assert page.css("svg script") == []
    assert "\u202e" not in page.css_first("svg").html


@pytest.mark.parametrize("grant", GRANTS, ids=lambda grant: grant.code)
def test_every_grant_brings_its_picture(grant):
    assert grant.arrows, f"{grant.code} says nothing about who turns to whom"
    shown = flow_view(draw(grant.arrows, ()), NAMES, key="flow", title="How")
    for step in shown["steps"]:
        assert step["title"]
        assert "{" not in step["title"] + step["text"]
    assert all(arrow["label"] and "{" not in arrow["aria"] for arrow in shown["arrows"])
