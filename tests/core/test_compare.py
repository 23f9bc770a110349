"""Audiences, values and times: the one kernel of checks and gateway policies."""

import pytest

from console.core import compare
from console.core.json.values import NumberText

API = "4f3c7141-662e-438f-93a9-a092a1fe354e"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (API, True),
        (API.upper(), True),
        (f" {API}", False),
        (f"{API}0", False),
        (API.replace("-", ""), False),
        ("", False),
    ],
)
def test_a_guid_is_known_by_its_hyphenated_form(text, expected):
    assert compare.is_guid(text) is expected


@pytest.mark.parametrize(
    ("actual", "expected", "difference"),
    [
        (f"api://{API}", API, "bare_id"),
        (API, f"api://{API}", "bare_id"),
        (f"api://{API}/", f"api://{API}", "slash"),
        (f"spn:{API}", API, "bare_id"),
        (f"https://contoso.onmicrosoft.com/{API}", API, "bare_id"),
        (f"api://contoso.example/{API}", f"api://{API}", "form"),
        ("api://Orders", "api://orders", "case"),
        ("https://api.example/", "https://api.example", "slash"),
        ("http://api.example", "https://api.example", "form"),
        (f"{API}\u200b", API, "invisible"),
        (f'"{API}"', API, "invisible"),
        (f"\n{API}", API, "invisible"),
        ("api://a%20b", "api://a b", "form"),
    ],
)
def test_two_spellings_of_one_api_are_recognised(actual, expected, difference):
    found = compare.spelled_differently(actual, expected)
    assert (found.difference, found.actual, found.expected) == (difference, actual, expected)
    assert found.explanation.startswith("Both name the same API") and found.advice.endswith(".")


@pytest.mark.parametrize(
    ("actual", "expected"),
    [
        (API, API),
        ("api://orders", "api://billing"),
        ("api://orders", API),
        ("", API),
        ("", ""),
        (f"https://a.example/{API}/more", API),
        ((), (API,)),
        (("a", API), (API, "b")),
    ],
)
def test_equal_values_and_other_apis_are_no_spellings(actual, expected):
    assert compare.spelled_differently(actual, expected) is None


def test_the_advice_names_both_spellings():
    advice = compare.spelled_differently(f"api://{API}", API).advice
    assert advice == (
        f"Have the API accept 'api://{API}', exactly in this spelling, in place of '{API}'; beside it only where other "
        "tokens still name that: this widens what the API accepts."
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("read write", {"read", "write"}),
        ("  read\twrite ", {"read", "write"}),
        (["read", "write"], {"read", "write"}),
        ("", set()),
        (7, None),
        (None, None),
        ([1], None),
        ({"read": 1}, None),
    ],
)
def test_scopes_are_a_set(value, expected):
    assert compare.scope_set(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"), [("A B", {"A B"}), (["A", "B"], {"A", "B"}), ([], set()), (None, None), (["A", 1], None)]
)
def test_roles_are_a_set_and_a_text_is_one_role(value, expected):
    assert compare.role_set(value) == expected


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (5, 5.0),
        (5.5, 5.5),
        (NumberText("5.25"), 5.25),
        (NumberText("1e3"), 1000.0),
        (-1, -1.0),
        (NumberText("1e400"), None),
        (NumberText("x"), None),
        (10**400, None),
        (float("nan"), None),
        (True, None),
        ("5", None),
        (None, None),
        ([5], None),
    ],
)
def test_a_numeric_date_is_a_finite_number(value, seconds):
    assert compare.numeric_date(value) == seconds


@pytest.mark.parametrize(
    ("exp", "now", "leeway_s", "expired"),
    [(99, 100, 0, True), (100, 100, 0, False), (101, 100, 0, False), (95, 100, 5, False), (94, 100, 5, True)],
)
def test_expiry_at_the_boundary(exp, now, leeway_s, expired):
    assert compare.is_expired(exp, now, leeway_s) is expired


@pytest.mark.parametrize(
    ("start", "now", "leeway_s", "early"),
    [(99, 100, 0, False), (100, 100, 0, False), (101, 100, 0, True), (105, 100, 5, False), (106, 100, 5, True)],
)
def test_start_at_the_boundary(start, now, leeway_s, early):
    assert compare.is_not_yet_valid(start, now, leeway_s) is early


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [(API, API.upper(), True), ("client", "Client", False), ("client", "client", True), (API, "x", False)],
)
def test_ids_are_compared_without_letter_case_only_as_guids(one, other, same):
    assert compare.same_id(one, other) is same


@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        ("00000003-0000-0000-c000-000000000000", True),
        ("https://graph.microsoft.com/", True),
        ("https://graph.microsoft.us", True),
        ("https://graph.windows.net", False),
        (API, False),
    ],
)
def test_microsoft_graph_is_known_in_every_cloud(audience, expected):
    assert compare.is_graph(audience) is expected
