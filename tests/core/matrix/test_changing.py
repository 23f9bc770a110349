"""Each variant differs from the usual call in the one thing that it says, and in nothing else."""

import base64
import json

import pytest

from console.core.matrix import changing
from console.core.matrix.variants import BY_CODE, VARIANTS
from console.store.runs import MAX_STEPS

KEY = "Ocp-Apim-Subscription-Key"
USUAL = (("Authorization", "Bearer a.b.c"), (KEY.lower(), "a key"), ("Accept", "*/*"))
RESHAPED = [
    ("without-key", (USUAL[0], USUAL[2])),
    ("wrong-key", (USUAL[0], USUAL[2], (KEY, "0" * 32))),
    ("lower-case", (("Authorization", "bearer a.b.c"), *USUAL[1:])),
    ("no-scheme", (("Authorization", "a.b.c"), *USUAL[1:])),
    ("wrong-scheme", (("Authorization", "Basic a.b.c"), *USUAL[1:])),
    ("twice", (*USUAL, USUAL[0])),
]


@pytest.mark.parametrize(("code", "sent"), RESHAPED, ids=[code for code, _ in RESHAPED])
def test_headers_differ_in_one_thing(code, sent):
    assert BY_CODE[code].reshape(USUAL, KEY) == sent


def test_every_variant_that_reshapes_is_in_the_table_and_a_call_without_headers_stays_without():
    reshaping = [one.code for one in VARIANTS if one.reshape is not None]
    assert reshaping == [code for code, _ in RESHAPED]
    others = {one.code: one.reshape((), KEY) for one in VARIANTS if one.reshape is not None and not one.is_about_key}
    assert set(others.values()) == {()}


def encoded(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(("before", "after"), [("Abc", "Bbc"), ("xbc", "Abc"), ("", "A")])
def test_an_altered_signature_has_other_bytes(before, after):
    assert changing.with_altered_signature(f"h.p.{before}") == f"h.p.{after}"


def test_an_unsigned_token_keeps_its_claims_and_the_rest_of_its_header():
    token = f"{encoded({'alg': 'RS256', 'kid': 'k'})}.{encoded({'aud': 'x'})}.signature"
    header, claims, signature = changing.unsigned(token).split(".")
    assert (json.loads(base64.urlsafe_b64decode(header + "==")), signature) == ({"alg": "none", "kid": "k"}, "")
    assert claims == encoded({"aud": "x"})


@pytest.mark.parametrize("header", ["", "***", "bm8", encoded([1]), "ééé", encoded("x" * 1000)])
def test_a_header_that_cannot_be_read_is_replaced(header):
    first, *_ = changing.unsigned(f"{header}.p.s").split(".")
    assert json.loads(base64.urlsafe_b64decode(first + "==")) == {"alg": "none"}


def test_codes_are_used_once_and_a_run_keeps_a_step_for_each_variant_and_for_its_end():
    assert len(BY_CODE) == len(VARIANTS) < MAX_STEPS
    assert [one.code for one in VARIANTS if one.is_control] == ["with-token"]
    assert VARIANTS[0].is_control
    assert all(one.title and one.explains.endswith(".") for one in VARIANTS)
