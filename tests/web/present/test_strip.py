"""The strip as words and as classes: what is drawn is also said."""

import pytest
from django.template.loader import render_to_string

from console.core.diagnosis import explain, read_evidence
from console.core.diagnosis.strip import TokenLeg, strip_of
from console.web.present.strip import StripNames, strip_view

CALL = {"method": "GET", "url": "https://api.example/v1", "headers": {"Authorization": "Bearer <token>"}}
GATEWAY = {"statusCode": 401, "message": "Unauthorized. Access token is missing or invalid."}
CLAIMS = {"token_header": {"alg": "RS256"}, "token_claims": {"iss": "https://id.example/t"}}
NAMES = StripNames("You", "Stock client", "Entra", "Stock")


def said(leg=None, **members):
    evidence = read_evidence(members)
    view = strip_view(strip_of(evidence, explain(evidence), leg=leg), NAMES)
    assert view is not None
    return [stop["told"] for stop in view["stops"]]


@pytest.mark.parametrize(
    ("members", "wanted"),
    [
        (
            {"request": CALL, "response": {"status": 401, "body": GATEWAY, "elapsed_ms": 38}, **CLAIMS},
            [
                "You (Stock client): sent the request.",
                "Identity provider (id.example): gave a token.",
                "Gateway (api.example): answered 401 after 38 ms.",
                "API (Stock): not reached.",
            ],
        ),
        (
            {"request": CALL, "response": {"status": 401}},
            [
                "You (Stock client): sent the request.",
                "Identity provider (Entra): gave a token.",
                "Gateway (api.example): answered 401; nobody knows who gave this answer.",
                "API (Stock): nobody knows whether it was reached.",
            ],
        ),
        (
            {"request": CALL, "response": {"failure": "dns"}, **CLAIMS},
            [
                "You (Stock client): sent the request.",
                "Identity provider (id.example): gave a token.",
                "Gateway (api.example): no answer, name not found.",
                "API (Stock): not reached.",
            ],
        ),
    ],
)
def test_each_stop_is_a_sentence(members, wanted):
    assert said(**members) == wanted


def test_a_token_request_on_the_way_is_measured():
    members = {"request": CALL, "response": {"status": 200, "body": {"a": 1}}, **CLAIMS}
    assert said(TokenLeg(200, 164), **members)[1] == "Identity provider (id.example): gave a token after 164 ms."


def test_it_is_a_list_whose_drawing_is_hidden_from_who_listens():
    evidence = read_evidence({"request": CALL, "response": {"status": 401, "body": GATEWAY}})
    shown = render_to_string(
        "diagnosis/strip.html", {"strip": strip_view(strip_of(evidence, explain(evidence)), NAMES)}
    )
    assert shown.count("<li") == 4
    assert 'aria-label="Who talked to whom"' in shown
    assert strip_view(None, NAMES) is None
    assert "<ol" not in render_to_string("diagnosis/strip.html", {"strip": None})
