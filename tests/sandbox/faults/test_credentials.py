"""Faults of the token request: the secret, the certificate, and the provider itself."""

from base64 import urlsafe_b64decode

import pytest

from console.core.exchange import Failure, FailureKind, Request
from console.sandbox.faults import FAULTS, fault
from tests.sandbox.builders import (
    BASE,
    answered,
    assertion,
    assertion_form,
    body_of,
    fresh,
    key_pair,
    post_form,
    samples,
    secret_form,
    send,
)

TENANT = samples().state.tenant_id
CERTIFICATE = assertion_form(assertion())
AT_TOKEN = [
    ("secret-wrong", secret_form(), 7000215),
    ("secret-id", secret_form(), 7000215),
    ("secret-expired", secret_form(), 7000222),
    ("certificate-not-registered", CERTIFICATE, 700027),
    ("certificate-expired", CERTIFICATE, 700027),
    ("thumbprint-form", CERTIFICATE, 700027),
    ("client-unknown", secret_form(), 700016),
    ("resource-unknown", secret_form(), 500011),
    ("provider-down", secret_form(), 90033),
]


def test_an_assertion_that_counts_as_used_is_told_without_a_number_that_entra_has_not():
    told = body_of(answered(post_form(CERTIFICATE), fresh("assertion-replayed")))
    assert (told["error"], told["error_codes"]) == ("invalid_client", [])


@pytest.mark.parametrize(("code", "form", "number"), AT_TOKEN, ids=[row[0] for row in AT_TOKEN])
def test_a_fault_of_the_token_request_gives_its_code(code, form, number):
    assert body_of(answered(post_form(form), fresh(code)))["error_codes"] == [number]
    assert "access_token" in body_of(answered(post_form(form)))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("certificate-not-registered", "The key was not found."),
        ("certificate-expired", "The key used is expired."),
        ("thumbprint-form", "The key was not found."),
    ],
)
def test_the_three_faults_of_a_certificate_have_their_own_words(code, words):
    assert words in body_of(answered(post_form(CERTIFICATE), fresh(code)))["error_description"]


def test_the_thumbprint_that_is_echoed_is_the_one_in_the_wrong_form():
    text = body_of(answered(post_form(CERTIFICATE), fresh("thumbprint-form")))["error_description"]
    assert urlsafe_b64decode(key_pair("client").x5t_s256 + "=").hex().upper() in text


def test_a_provider_that_is_down_answers_503_and_still_publishes_its_metadata():
    assert answered(post_form(secret_form()), fresh("provider-down")).status == 503
    assert (
        answered(
            Request("GET", f"{BASE}/{TENANT}/v2.0/.well-known/openid-configuration"), fresh("provider-down")
        ).status
        == 200
    )


def test_a_provider_that_is_too_slow_is_a_failure_and_not_a_wait():
    answer, _ = send(post_form(secret_form()), fresh("provider-slow"))
    assert isinstance(answer, Failure)
    assert (answer.kind, answer.rule) == (FailureKind.TIMEOUT, "total")


@pytest.mark.parametrize("one", [one for one in FAULTS if one.on_secret], ids=lambda one: one.code)
def test_what_replaces_a_secret_may_be_applied_twice(one):
    once = one.on_secret("value", fresh(), samples().secret_client.id)
    assert once != "value"
    assert one.on_secret(once, fresh(), samples().secret_client.id) == once


def test_the_id_of_a_secret_is_a_guid_that_belongs_to_the_client():
    sent = fault("secret-id").on_secret("value", fresh(), samples().secret_client.id)
    assert sent == samples().secret_client.secrets[0].id
    assert fault("secret-id").on_secret("value", fresh(), "unknown") == "value"


def test_the_wrong_thumbprint_may_be_applied_twice():
    pair = key_pair("client")
    once = fault("thumbprint-form").on_assertion_header({"alg": "PS256", "x5t#S256": pair.x5t_s256}, pair)
    assert once == {"alg": "PS256", "x5t": pair.x5t_s256}
    assert fault("thumbprint-form").on_assertion_header(once, pair) == once
