"""Rows of a table hold no usable token, and values are kept without losing a secret that was left empty."""

import pytest

from console.core.gateway.document import PolicyDocument
from console.core.gateway.kept import KeptValue, PolicySettings, as_values, merged
from console.core.gateway.model import Verdict
from console.core.gateway.request import GatewayRequest
from console.core.gateway.samples import STAND_IN, Sample, as_entry, has_token, token_in, without_signatures
from console.core.gateway.sending import DescribedCall, KeyUse, as_sent, rule_of
from tests.core.gateway.builders import NOW, token

SIGNATURE = token().rpartition(".")[2]


def call(*headers, url="https://a.example/x"):
    return GatewayRequest("GET", url, headers)


@pytest.mark.parametrize(
    "request_",
    [
        call(("Authorization", f"Bearer {token()}")),
        call(("Authorization", f"Bearer Bearer {token()}")),
        call(("X-Token", token()), ("Other", f"a={token()}; b={token()}")),
        call(url=f"https://a.example/x?t={token()}&u=1"),
    ],
)
def test_every_signature_is_replaced_and_the_rest_stays(request_):
    cut = without_signatures(request_)
    texts = f"{cut.url} {cut.headers}"
    assert SIGNATURE not in texts
    assert STAND_IN in texts
    assert texts.replace(STAND_IN, SIGNATURE) == f"{request_.url} {request_.headers}"
    assert token_in(cut).rpartition(".")[0] == token().rpartition(".")[0]


def test_an_unsigned_token_stays_unsigned_and_a_call_without_token_as_it_is():
    unsigned = token().rpartition(".")[0] + "."
    assert token_in(without_signatures(call(("Authorization", unsigned)))) == unsigned
    plain = call(("Accept", "a.b.c"))
    assert (without_signatures(plain), has_token(plain), token_in(plain)) == (plain, False, "")


def test_an_encrypted_token_makes_a_call_that_is_not_kept():
    assert without_signatures(call(("Authorization", "Bearer eyJhIjoxfQ.QUFB.QUFB.QUFB.QUFB"))) is None


def sample(request, rule=None, **changes):
    values = {"expects": Verdict.ALLOW, "reason": "", "judged_at": NOW, "is_verified": True}
    return Sample("id", "name", request, rule, **{**values, **changes})


def test_a_row_of_the_file_holds_the_token_unsigned_and_no_other_secret():
    described = DescribedCall(
        url="https://a.example/x", key=KeyUse.VALID, client_ip="1.2.3.4",
        headers=(("Cookie", "s=canary"), ("X-Api-Key", "canary"), ("Accept", "a"), ("Accept", "b")),
    )  # fmt: skip
    request = without_signatures(as_sent(described, token(), PolicyDocument()))
    entry = as_entry(sample(request, rule_of(described), expects=Verdict.REJECT, reason="TokenExpired"))
    assert "canary" not in repr(entry)
    assert entry["expect"] == {"verdict": "reject", "reason": "TokenExpired"}
    assert entry["request"]["headers"]["Accept"] == ["a", "b"]
    assert entry["request"]["headers"]["Authorization"][0].endswith(STAND_IN)
    assert (entry["request"]["client_ip"], entry["now"], entry["assume_signature"]) == ("1.2.3.4", NOW, True)
    assert entry["request"]["subscription_keys"]["valid"] == entry["request"]["headers"]["Ocp-Apim-Subscription-Key"]


def test_a_row_that_did_not_verify_and_asks_for_no_key_says_neither():
    entry = as_entry(sample(call(), is_verified=False))
    assert "assume_signature" not in entry
    assert entry["request"] == {"method": "GET", "url": "https://a.example/x", "headers": {}}


SECRET = KeptValue("named-value", "a", "secret", is_secret=True)
PLAIN = KeptValue("named-value", "a", "plain")


@pytest.mark.parametrize(
    ("kept", "typed", "texts"),
    [
        ((), (PLAIN,), ["plain"]),
        ((SECRET,), (), ["secret"]),
        ((SECRET,), (KeptValue("named-value", "a", ""),), ["secret"]),
        ((SECRET,), (PLAIN,), ["plain"]),
        ((PLAIN,), (KeptValue("named-value", "a", ""),), []),
        ((PLAIN,), (KeptValue("certificate", "a", "pem"),), ["plain", "pem"]),
    ],
)
def test_what_is_typed_replaces_what_was_kept_but_an_empty_field_leaves_a_secret(kept, typed, texts):
    assert [value.text for value in merged(kept, typed)] == texts


def test_kept_values_reach_the_evaluator_by_their_kind():
    kinds = ("named-value", "expression", "certificate", "fragment", "other")
    values = as_values(KeptValue(kind, "n", kind) for kind in kinds)
    found = (values.named_values, values.expressions, values.certificates, values.fragments)
    assert found == tuple({"n": kind} for kind in kinds[:4])
    assert as_values([KeptValue("expression", "n", "")]).expressions == {}


def test_no_repr_tells_a_value():
    assert "secret" not in repr(PolicySettings((SECRET,)))
    assert [one.reveal() for one in PolicySettings((SECRET, PLAIN)).secrets] == ["secret"]
