"""Who connected, and what a sign-in's answer must look like to be one."""

import pytest

from console.core.authorization import MAX_PARAMETER, KeptAnswer, identity_of, read_answer
from console.core.connection import ConnectedIdentity
from console.core.credential import Secret
from console.core.oauth.token_response import TokenResponse
from tests.core.policy.tokens import unsigned


def response(access="opaque", id_token=None):
    return TokenResponse(Secret(access), "Bearer", 60, 1, id_token=Secret(id_token) if id_token else None)


def person(subject, issuer="https://id.example"):
    return ConnectedIdentity(issuer, subject, "", "ID token")


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"state": ["s"], "code": ["c"]}, {"state": "s", "code": "c"}),
        ({"state": ["s"], "error": ["access_denied"], "other": ["x"]}, {"state": "s", "error": "access_denied"}),
        ({"state": ["s"], "code": ["c"], "iss": [""]}, {"state": "s", "code": "c"}),
        ({"state": ["s"]}, None),
        ({"code": ["c"]}, None),
        ({"state": ["s", "t"], "code": ["c"]}, None),
        ({"state": ["s"], "code": ["c", "c"]}, None),
        ({"state": ["s"], "code": ["c" * MAX_PARAMETER]}, {"state": "s", "code": "c" * MAX_PARAMETER}),
        ({"state": ["s"], "code": ["c" * (MAX_PARAMETER + 1)]}, None),
    ],
)
def test_an_answer_names_a_state_and_a_code_or_an_error_each_once(given, read):
    assert read_answer(given) == read


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (person("a"), person("a"), True),
        (person("a"), person("b"), False),
        (person("a"), person("a", "https://evil.example"), False),
        (person(""), person(""), False),
    ],
)
def test_an_account_is_issuer_and_subject_and_unknown_ones_are_never_the_same(one, other, is_same):
    assert one.is_same_as(other) is is_same


def test_who_signed_in_is_read_from_the_id_token_first_and_from_nothing_that_is_no_text():
    told = {"iss": "https://id.example", "sub": "s", "name": 7, "email": "ola@example.com", "amr": ["pwd", "otp"]}
    found = identity_of(
        response(access=unsigned({"alg": "none"}, {"sub": "other"}), id_token=unsigned({"alg": "none"}, told))
    )
    assert (found.subject, found.name, found.source) == ("s", "ola@example.com", "ID token")
    assert dict(found.claims) == {
        "email": "ola@example.com", "sub": "s", "iss": "https://id.example", "amr": "pwd otp"
    }  # fmt: skip
    assert identity_of(response(access=unsigned({"alg": "none"}, {"sub": "a"}))).source == "access token"
    assert identity_of(response()) is None


def test_a_citizen_is_known_again_by_a_number_of_which_half_is_hidden():
    citizen = unsigned({"alg": "none"}, {"sub": "WdGX2=", "pid": "01019012345"})
    found = identity_of(response(id_token=citizen))
    assert (found.name, found.subject) == ("010190*****", "WdGX2=")
    assert "12345" not in repr(found)
    assert identity_of(response(id_token=unsigned({"alg": "none"}, {"sub": "a", "pid": "no number"}))).name == ""


def test_what_waits_to_be_confirmed_comes_back_as_it_was():
    whole = TokenResponse(
        Secret("a"), "Bearer", 60, 1, "read", ("odd",), refresh_token=Secret("r"), id_token=Secret("i")
    )
    assert KeptAnswer.of(whole).response() == whole
    assert "Secret" not in repr(KeptAnswer.of(whole)) and "'r'" not in repr(KeptAnswer.of(whole))
