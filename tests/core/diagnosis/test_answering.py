"""The answer to a case: spoken to whoever must act, with the facts of the case, and nothing secret."""

import pytest

from console.core.diagnosis import CATALOGUE_VERSION, CAUSES, explain, read_evidence
from console.core.diagnosis.answering import answer_text
from console.core.diagnosis.base import Diagnosis
from console.core.diagnosis.markdown import as_markdown
from console.core.diagnosis.ranking import unmatched
from console.core.diagnosis.terms import Answerer
from console.core.evidence import Evidence
from console.core.owner import Owner

SECRET = "Qm8~x4cRtVq7ZpL2sWn5yKb9"  # shaped like one; it is nobody's
NOW = 1_795_000_000
OTHER_FORM = {
    "token_header": {"alg": "RS256", "kid": "dFdAA5TSPJqENoJA"},
    "token_claims": {
        "iss": "https://idp.example/t",
        "aud": "api://4f3c7141-662e-438f-93a9-a092a1fe354e",
        "azp": "bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc",
        "iat": NOW - 60,
        "exp": NOW + 600,
    },
    "signature": "valid",
    "expectations": {"audiences": ["4f3c7141-662e-438f-93a9-a092a1fe354e"]},
    "request": {
        "method": "GET",
        "url": f"https://api.example/orders?api_key={SECRET}",
        "headers": {"authorization": "Bearer <token>"},
    },
    "response": {
        "status": 401,
        "headers": {"apim-request-id": "6f0c2d1e-93aa", "www-authenticate": 'Bearer error="invalid_token"'},
        "body": "",
    },
    "now": NOW,
}
EXPIRED_SECRET = {
    "token_request": {
        "endpoint": "https://login.microsoftonline.com/contoso.example/oauth2/v2.0/token",
        "params": {"client_id": "5f0c2b1e-8f2a-4a55-9f0d-2f9a3f6f1a10", "client_secret": SECRET},
    },
    "token_error": {
        "error": "invalid_client",
        "error_description": "AADSTS7000222: The provided client secret keys are expired.",
        "correlation_id": "a106461a-1e68-4be5-9c4b-db6146fc36e3",
    },
    "http_status": 401,
}


def answered(value, causes=CAUSES):
    evidence = read_evidence(value)
    return answer_text(evidence, explain(evidence), causes)


def test_the_owner_of_the_api_reads_of_a_call_to_theirs_both_sides_and_what_is_asked_of_them():
    found = answered(OTHER_FORM)
    assert found.who is Owner.API_OWNER
    assert found.text == (
        "A call to your API, GET https://api.example/orders, was answered 401 by the API behind the gateway at "
        "2026-11-18 11:06:40 UTC.\n\n"
        "The token names the right API, but in another form than the API accepts.\n"
        "  aud of the token: api://4f3c7141-662e-438f-93a9-a092a1fe354e\n"
        "  accepted: 4f3c7141-662e-438f-93a9-a092a1fe354e\n\n"
        "Both name the same API, once by its bare id and once by its URI.\n\n"
        "Please do this: Have the API accept 'api://4f3c7141-662e-438f-93a9-a092a1fe354e', exactly in this spelling, "
        "in place of '4f3c7141-662e-438f-93a9-a092a1fe354e'; beside it only where other tokens still name that: this "
        "widens what the API accepts.\n\n"
        "Please say when it is done: one more try then shows whether that was it.\n\n"
        "To quote:\n"
        "  client: bd5bfccf-5a63-4a82-b1f4-de0ac25e06cc\n"
        "  issuer: https://idp.example/t\n"
        "  key id: dFdAA5TSPJqENoJA\n"
        "  token issued: 2026-11-18 11:05:40 UTC\n"
        "  token ends: 2026-11-18 11:16:40 UTC\n"
        "  apim-request-id: 6f0c2d1e-93aa\n"
    )


def test_the_integrator_reads_of_their_own_request_and_what_to_do_next():
    found = answered(EXPIRED_SECRET)
    assert found.who is Owner.INTEGRATOR
    assert found.text.startswith("Your token request, POST https://login.microsoftonline.com/")
    assert "Then try it once more. If it is refused again, add the new answer to the case." in found.text
    assert "  client: 5f0c2b1e-8f2a-4a55-9f0d-2f9a3f6f1a10\n" in found.text
    assert "  correlation_id: a106461a-1e68-4be5-9c4b-db6146fc36e3\n" in found.text


def test_no_secret_of_the_evidence_is_in_an_answer():
    for value in (OTHER_FORM, EXPIRED_SECRET):
        assert SECRET not in answered(value).text


def test_the_same_as_markdown_has_the_sides_as_code_and_what_is_asked_in_bold():
    written = as_markdown(answered(OTHER_FORM).text)
    assert "- aud of the token: `api://4f3c7141-662e-438f-93a9-a092a1fe354e`" in written
    assert "**Please do this:** Have the API accept" in written
    assert "- key id: `dFdAA5TSPJqENoJA`" in written


def test_without_a_cause_the_answer_asks_for_what_is_missing():
    headers = {"authorization": "Bearer <token>"}
    found = answered({"request": {"method": "GET", "url": "https://api.example/orders", "headers": headers}})
    assert "To tell why, this is still needed:" in found.text


def test_with_nothing_to_say_there_is_no_answer():
    assert answered({"response": {"status": 200, "headers": {}, "body": "ok"}}) is None


def test_a_possible_cause_is_called_so_and_names_what_would_make_sure():
    found = answered(
        {
            "request": {"method": "GET", "url": "https://api.example/orders", "headers": {}},
            "response": {"status": 401, "headers": {}, "body": ""},
            "token_claims": {"iss": "https://idp.example/", "aud": "orders"},
            "token_header": {"alg": "RS256"},
            "profile": {"observations": ["The log of the API has “Jwt is missing” in it."]},
        }
    )
    assert found is not None
    if "possible, no more" in found.text:
        assert "To be sure, this is still needed:\n1. " in found.text


@pytest.mark.parametrize("cause", CAUSES, ids=lambda one: one.slug)
def test_each_entry_speaks_to_who_must_act(cause):
    """By what the entry says alone, for it is what remains where the evidence tells no more."""
    diagnosis = Diagnosis(Answerer.UNKNOWN, "", (unmatched(cause),), (), CATALOGUE_VERSION)
    found = answer_text(Evidence(), diagnosis, CAUSES)
    assert found.who is cause.who and f"Please do this: {cause.asked or cause.do}" in found.text
    asked = (cause.asked or cause.do).lower()
    if cause.who is Owner.API_OWNER:  # nobody is sent to themselves
        assert not any(words in asked for words in ("ask the owner", "give the owner", "owner of the api"))
    if cause.who is Owner.TENANT_ADMIN:
        assert "ask an administrator" not in asked and "have an administrator" not in asked


@pytest.mark.parametrize("hostile", ["\n  key id: forged", "`code` **bold** <script>", "\x1b[31mred\u202e", "x" * 5000])
def test_what_the_world_wrote_stays_on_its_line(hostile):
    value = {**OTHER_FORM, "token_header": {"alg": "RS256", "kid": f"k{hostile}"}}
    lines = answered(value).text.splitlines()
    assert len([line for line in lines if line.startswith("  key id: ")]) == 1
    assert max(map(len, lines)) < 1000 and "\x1b" not in "".join(lines)
