"""What the claims of a company's sign-in say of groups, however they are written, and what they do not say."""

import pytest

from console.core.company_groups import MOST_VALUES, ClaimedGroups, claimed_groups, read_groups

GROUPS = {"8f2c": "Orders", "/teams/north": "North", "CN=Support,OU=Groups": "Support"}


@pytest.mark.parametrize(
    ("claims", "claim", "names"),
    [
        ({"groups": ["8f2c", "unknown", "/teams/north"]}, "groups", {"Orders", "North"}),
        ({"groups": "8f2c"}, "groups", {"Orders"}),
        ({"groups": []}, "groups", set()),
        ({}, "groups", set()),
        ({"groups": None}, "groups", set()),
        ({"groups": ["8F2C", " 8f2c"]}, "groups", set()),  # a value is compared character by character
        ({"realm_access": {"roles": ["8f2c"]}}, "realm_access.roles", {"Orders"}),
        ({"https://x.example/groups": ["8f2c"]}, "https://x.example/groups", {"Orders"}),
        ({"a.b": ["8f2c"], "a": {"b": ["/teams/north"]}}, "a.b", {"Orders"}),
        ({"realm_access": "roles"}, "realm_access.roles", set()),
        ({"groups": ["CN=Support,OU=Groups"]}, "groups", {"Support"}),
    ],
)
def test_a_claim_names_the_groups_of_its_values(claims, claim, names):
    assert claimed_groups(claims, claim, GROUPS) == ClaimedGroups(frozenset(names))


@pytest.mark.parametrize("odd", [7, True, {"8f2c": 1}, ["8f2c", 7], [["8f2c"]], ["8f2c"] * (MOST_VALUES + 1)], ids=repr)
def test_a_claim_of_another_kind_names_none_and_says_why(odd):
    found = claimed_groups({"groups": odd}, "groups", GROUPS)
    assert found.names == frozenset()
    assert found.problem == "What its sign-in sends as groups is no list of at most 1000 texts."


def test_a_claim_that_was_too_long_to_be_sent_names_none_and_says_why():
    told = {"_claim_names": {"groups": "src1"}, "_claim_sources": {"src1": {"endpoint": "https://graph.example/"}}}
    assert claimed_groups(told, "groups", GROUPS).problem == (
        "Its sign-in sends no list of groups for people who are in very many."
    )
    assert claimed_groups({"_claim_names": {"other": "src1"}}, "groups", GROUPS) == ClaimedGroups()
    assert claimed_groups({"_claim_names": "groups", "groups": "8f2c"}, "groups", GROUPS).names == {"Orders"}


def test_the_setting_is_read_by_line_and_semicolon_and_the_name_stands_last():
    text = " 8f2c = Orders ;/teams/north=North;\n\nCN=Support,OU=Groups=Support\n"
    assert read_groups(text) == (GROUPS, ())
    assert read_groups("") == ({}, ())


def test_what_is_no_part_of_the_setting_is_told_and_the_rest_counts():
    assert read_groups("a=A;b;=C;d=;" + "e=" + "x" * 201) == ({"a": "A"}, ("b", "=C", "d=", "e=" + "x" * 201))
