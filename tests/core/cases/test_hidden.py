"""What is hidden in a case is counted by kind; the request that got a call's token is found among others."""

import pytest

from console.core.attempts.handed_over import HandedOver, hand_over
from console.core.cases.hidden import MAX_SHOWN, Hidden, hidden_in
from console.core.cases.token_part import obtained_by, together
from console.core.diagnosis import read_evidence
from console.core.evidence import Evidence
from console.core.exchange import Exchange, Request, Response
from console.core.redaction.personal import pseudonym

KEY = b"k" * 32


def exchange(*headers, body=b"", answer=b""):
    return Exchange(Request("GET", "https://api.example/", headers, body), Response(401, body=answer), None, 1.0, 7)


def test_each_kind_is_counted_once_however_often_evidence_and_exchange_tell_it():
    seen = exchange(("Authorization", "Bearer <token>"), ("Ocp-Apim-Subscription-Key", "***"), body=b"secret=***")
    evidence = read_evidence(
        {"request": {"method": "GET", "url": "https://api.example/", "headers": [["Authorization", "Bearer <token>"]]}}
    )
    assert hidden_in((evidence, None), (seen,)) == Hidden(tokens=1, secrets=2)
    assert hidden_in((evidence,), ()) == Hidden(tokens=1)
    assert hidden_in((None, Evidence()), ()) == Hidden()
    assert Hidden(1, 2, 3).total == 6


def test_pseudonyms_are_listed_the_most_frequent_first_and_not_without_end():
    mira, sam = pseudonym("mira@example.com", KEY), pseudonym("sam@example.com", KEY)
    seen = exchange(body=f"{mira} {sam}".encode(), answer=mira.encode())
    found = hidden_in((), (seen,))
    assert (found.persons, found.pseudonyms) == (2, ((mira, 2), (sam, 1)))
    many = exchange(body=" ".join(pseudonym(str(number), KEY) for number in range(50)).encode())
    found = hidden_in((), (many,))
    assert (found.persons, len(found.pseudonyms)) == (50, MAX_SHOWN)


def claims(**values):
    return read_evidence({"token_claims": values})


@pytest.mark.parametrize(
    ("call", "requests", "number"),
    [
        (claims(jti="a", iat=1), [claims(jti="b", iat=1), claims(jti="a", iat=1)], 1),
        (claims(iat=1, exp=2), [claims(iat=1, exp=2)], 0),
        (claims(uti="x"), [claims(uti="y")], None),
        (claims(jti="a"), [], None),
        (Evidence(), [claims(jti="a"), Evidence()], 1),
        (Evidence(), [claims(jti="a")], None),
        (claims(jti="a"), [Evidence()], None),
    ],
)
def test_the_request_that_got_a_token_is_known_by_what_tells_tokens_apart(call, requests, number):
    assert obtained_by(call, requests) == number


def test_what_both_hide_is_counted_once():
    def handed(*mails: str) -> HandedOver:
        return hand_over(read_evidence({"pasted": " ".join(mails)}), (), with_bodies=True, key=KEY)

    both = together(handed("mira@example.com", "sam@example.com"), handed("mira@example.com", "ina@example.com"))
    assert both.hidden_values == 3
    assert both.token is not None
    assert both.left_out == 0
