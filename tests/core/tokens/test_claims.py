"""Claims in words: times at the edges, Entra's presence rules, codes decoded, unknown names shown."""

import json

import pytest

from console.core.tokens.catalogues import CATALOGUES, HEADER
from console.core.tokens.claims import (
    absent_claims,
    describe,
    describe_header,
    entra_version,
    is_app_only,
    kept_claims,
)
from console.core.tokens.parse import parse
from tests.core.tokens.wire import compact

TENANT = "3aa4a235-b6e2-48d5-9195-7fcf05b459b0"
NOW = 1900000000
V1 = {"iss": f"https://sts.windows.net/{TENANT}/", "ver": "1.0", "tid": TENANT, "aud": "api://orders", "appid": "c"}
V2 = {"iss": f"https://login.microsoftonline.com/{TENANT}/v2.0", "ver": "2.0", "tid": TENANT, "aud": "g", "azp": "c"}


def rows(claims, header=None):
    token = parse(compact(claims, header or {"alg": "HS256"}))
    return {row.name: row for row in describe(token, NOW)}


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (NOW - 1, "1 second ago"),
        (NOW, "now"),
        (NOW + 1, "in 1 second"),
        (NOW + 3660, "in 1 hour 1 minute"),
        (NOW - 86400, "1 day ago"),
    ],
)
def test_a_time_is_given_exactly_and_relative_to_now(moment, words):
    assert rows({"exp": moment})["exp"].human.endswith(f"UTC, {words}")


def test_the_exact_time_is_in_utc():
    assert rows({"exp": NOW})["exp"].human == "2030-03-17 17:46:40 UTC, now"


@pytest.mark.parametrize(
    ("name", "value", "human"),
    [
        ("appidacr", "1", "client secret"),
        ("azpacr", "2", "certificate or client assertion"),
        ("amr", ["pwd", "mfa", "x"], "password, multi-factor, x"),
        ("idtyp", "app", "app-only: no user"),
        ("aud", "00000003-0000-0000-c000-000000000000", "Microsoft Graph"),
        ("aud", ["https://graph.microsoft.com"], "Microsoft Graph"),
        ("appid", "04b07795-8ddb-461a-bbee-02f9e1bf7b46", "Azure CLI"),
        ("tid", "9188040d-6c67-4c5b-b112-36a304b66dad", "personal Microsoft accounts"),
        ("scp", "a b c", "3 scopes"),
        ("roles", ["a", "b"], "2 values"),
        ("wids", ["62e90394-69f5-4237-9190-012177145e10"], "Global Administrator"),
        ("iss", V1["iss"], f"Microsoft Entra, version 1.0, tenant {TENANT}"),
        ("azpacr", 1, ""),
        ("amr", 3, ""),
        ("wids", "x", ""),
    ],
)
def test_codes_and_well_known_ids_are_said_in_words(name, value, human):
    assert rows({name: value})[name].human == human


def test_an_unknown_claim_is_shown_and_marked_as_unknown():
    row = rows({"https://example.com/x": {"n": 1.50}})["https://example.com/x"]
    assert row.is_unknown
    assert row.value_text == '{"n":1.5}'
    assert row.json_type == "object"


def test_both_values_of_a_duplicate_are_shown():
    found = [(row.value_text, row.is_duplicate) for row in describe(parse(compact('{"sub":"a","sub":"b"}')), NOW)]
    assert found == [("a", True), ("b", True)]


@pytest.mark.parametrize(
    ("claims", "name", "reason"),
    [
        (V2, "appid", "Version 2.0 tokens do not have it, only version 1.0 tokens do; it is called azp here."),
        (V1, "azp", "Version 1.0 tokens do not have it, only version 2.0 tokens do; it is called appid here."),
        (V2, "appidacr", "Version 2.0 tokens do not have it, only version 1.0 tokens do; it is called azpacr here."),
        (V2, "scp", "The token is app-only: it stands for no user, so this claim has no value."),
        (
            V2,
            "roles",
            "It is there only when there is a value. "
            "No role of this API was granted, or an administrator has not consented yet.",
        ),
        (
            {**V2, "scp": "a"},
            "upn",
            "Optional: the API's registration must ask for it as an optional claim. "
            "The client must also have been granted the scope profile.",
        ),
        (V2, "idtyp", "Optional: the API's registration must ask for it as an optional claim."),
        (
            {**V2, "scp": "a"},
            "unique_name",
            "Version 2.0 tokens do not have it, only version 1.0 tokens do; it is called preferred_username here.",
        ),
    ],
)
def test_a_claim_one_looks_for_in_an_entra_token_says_why_it_is_missing(claims, name, reason):
    row = rows(claims)[name]
    assert row.is_absent
    assert row.why_missing == reason


@pytest.mark.parametrize("name", ["exp", "iss", "tid", "nonce", "client_id"])
def test_a_claim_that_should_be_there_or_is_not_entras_has_no_excuse(name):
    assert name not in rows(V2) or not rows(V2)[name].is_absent


def test_a_token_of_another_issuer_has_no_absent_rows():
    assert all(not row.is_absent for row in rows({"iss": "https://maskinporten.no/", "ver": "1.0"}).values())


def test_a_version_two_header_says_why_the_thumbprint_is_missing():
    token = parse(compact(V2, {"alg": "HS256", "kid": "a"}))
    found = {row.name: row for row in describe_header(token, NOW)}
    assert (
        found["x5t"].why_missing
        == "Version 2.0 tokens do not have it, only version 1.0 tokens do; it is called kid here."
    )
    assert found["kid"].value_text == "a"


@pytest.mark.parametrize(
    ("claims", "version"),
    [
        (V1, "1.0"),
        (V2, "2.0"),
        ({"iss": V1["iss"]}, "1.0"),
        ({"iss": V2["iss"], "ver": 2}, "2.0"),
        ({"ver": "2.0"}, None),
        ({"iss": 1, "ver": "1.0"}, None),
        ({"iss": f"https://sts.windows.net/{TENANT}"}, None),
        ({"iss": f"http://localhost/sandbox/a/{TENANT}/v2.0", "ver": "2.0", "tid": TENANT}, "2.0"),
        ({"iss": f"http://localhost/sandbox/a/{TENANT}/v2.0", "ver": "2.0"}, None),
        ({"iss": f"https://b2c.example/{TENANT}/v2.0/", "ver": "1.0", "tid": TENANT, "tfp": "B2C_1_in"}, None),
    ],
)
def test_the_version_is_read_from_issuer_and_ver(claims, version):
    assert entra_version(claims) == version


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({"idtyp": "app", "scp": "a"}, True),
        ({"idtyp": "user"}, False),
        ({"scp": "a"}, False),
        ({"roles": ["a"]}, True),
        ({}, True),
    ],
)
def test_app_only_is_told_by_idtyp_then_by_the_absence_of_a_user(claims, expected):
    assert is_app_only(claims) is expected


def test_every_catalogue_entry_has_a_meaning_and_answers_for_each_version():
    entries = [
        *(claim for catalogue in CATALOGUES for claim in (*catalogue.claims, *catalogue.prefixes)),
        *(known.claim for known in HEADER.entries.values()),
    ]
    assert [entry.name for entry in entries if not entry.meaning.endswith((".", ")"))] == []
    kinds = [(version, app_only) for version in ("1.0", "2.0") for app_only in (True, False)]
    reasons = [(entry.name, entry.why_missing(*kind)) for entry in entries for kind in kinds]
    assert [told for told in reasons if told[1] is not None and not told[1].endswith(".")] == []


def test_every_row_survives_json():
    assert json.dumps([row.value_text for row in rows(V1).values()])


def test_what_is_absent_is_one_object_for_all_tokens_that_lack_the_same_and_says_nothing_of_them():
    entra = {"iss": "https://login.microsoftonline.com/8b1807f9-ca4e-4599-805a-ab71e754d3d4/v2.0", "ver": "2.0"}
    first = absent_claims(parse(compact({**entra, "sub": "canary-1", "canary-2": "x"})))
    assert absent_claims(parse(compact({**entra, "sub": "other", "another": 1}))) is first
    assert absent_claims(parse(compact({**entra, "sub": "other", "oid": "o"}))) is not first
    assert first.names == {row.name for row in first.rows} >= {"oid"}
    assert "canary" not in repr(first.rows)
    assert not absent_claims(parse(compact({"iss": "https://idp.example"}))).rows


def test_claims_that_were_kept_tell_their_times_exactly_and_not_how_far_away_they_are():
    kept = {row.name: (row.value_text, row.human) for row in kept_claims({"exp": 1_900_000_000, "roles": ["A", "B"]})}
    assert kept == {
        "exp": ("1900000000", "2030-03-17 17:46:40 UTC"),
        "roles": ('["A","B"]', "2 values"),
    }
