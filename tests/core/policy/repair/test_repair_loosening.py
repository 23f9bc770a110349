"""What an edit may open: which claims take a further value, what is labelled as weaker, and what stands first."""

import pytest

from console.core.policy.text.values import Values
from tests.core.policy.builders import NOW
from tests.core.policy.policy_strategies import URL, URL_V1
from tests.core.policy.repair.builders import (
    API,
    CLIENT,
    OTHER,
    bearer,
    changed_lines,
    kinds,
    policy,
    repairs,
    required,
    token,
    token_v1,
)


def claim(name, *values, attributes=""):
    inside = "".join(f"\n                    <value>{value}</value>" for value in values)
    return required(f'<claim name="{name}"{attributes}>{inside}\n                </claim>')


@pytest.mark.parametrize(
    ("name", "wanted", "held"),
    [
        ("azpacr", "2", "0"),
        ("appidacr", "2", "1"),
        ("amr", "mfa", ["pwd"]),
        ("acr", "1", "0"),
        ("acrs", "c1", ["c0"]),
        ("idtyp", "app", "user"),
        ("idtyp", "user", "app"),
        ("email_verified", "true", False),
        ("xms_managed", "True", "False"),
    ],
)
@pytest.mark.parametrize("match", ["", ' match="any"'])
def test_a_weaker_proof_or_the_opposite_of_a_truth_is_never_offered_as_a_value(name, wanted, held, match):
    found = repairs(policy(claim(name, wanted, attributes=match)), bearer(token(**{name: held})))
    assert found and {one.side for one in found} == {"client"}


@pytest.mark.parametrize(
    ("name", "attributes", "held", "shown"),
    [
        ("roles", "", ["Reader"], "Reader"),
        ("roles", ' match="any"', ["Reader"], "Reader"),
        ("scp", ' separator=" "', "orders.read", "orders.read"),
        ("wids", "", ["b79fbf4d"], "b79fbf4d"),
        ("department", "", "sales", "sales"),
    ],
)
def test_a_further_value_of_a_claim_is_labelled_and_comes_last(name, attributes, held, shown):
    found = repairs(policy(claim(name, "Admin", attributes=attributes)), bearer(token(**{"roles": None, name: held})))
    last = found[-1]
    assert last.weakness == f"Callers whose {name} is only {shown} would then be let through."
    assert [one.is_weaker for one in found] == [False] * (len(found) - 1) + [True]


def test_two_claims_of_which_each_takes_one_of_its_values_are_not_widened_in_silence():
    text = policy(
        required('<claim name="roles" match="any"><value>A</value></claim><claim name="roles" match="any"><value>B'
                 "</value></claim>")
    )  # fmt: skip
    found = repairs(text, bearer(token(roles=["A"])))
    assert [(one.kind, one.is_weaker) for one in found] == [("grant-role", False), ("add-role", True)]


def test_a_further_client_is_the_api_owners_choice_and_weakens_nothing():
    found = repairs(policy(claim("azp", OTHER)), bearer(token()))
    assert [(one.kind, one.is_weaker) for one in found] == [("listed-client", False), ("add-client", False)]


def test_the_right_mark_is_proposed_in_place_of_a_wrong_separator():
    text = policy(claim("scp", "orders.read", attributes=' separator=","'))
    found = repairs(text, bearer(token(scp="orders.read orders.write", roles=None)))
    assert kinds(found) == ["other-separator"]
    assert changed_lines(found[0]) == ['-<claim name="scp" separator=",">', '+<claim name="scp" separator=" ">']


def test_only_a_mark_that_stands_in_the_token_is_proposed():
    text = policy(claim("scp", "orders.read orders.write", attributes=' separator=" "'))
    found = repairs(text, bearer(token(scp="orders.read orders.write", roles=None)))
    assert kinds(found) == ["split-value"]


@pytest.mark.parametrize(
    ("roles", "attributes", "match", "is_weaker"),
    [
        (["read", "Admin"], "", "", False),  # all of them are held
        (["read"], "", ' match="any"', True),
        (["read"], ' match="any"', ' match="any"', False),
    ],
)
def test_a_split_list_is_asked_for_whole_where_the_caller_has_it_whole(roles, attributes, match, is_weaker):
    found = repairs(policy(claim("roles", "read,Admin", attributes=attributes)), bearer(token(roles=roles)))
    expected = policy(claim("roles", "read", "Admin", attributes=match))
    assert [(one.kind, one.policy_text, one.is_weaker) for one in found] == [("split-value", expected, is_weaker)]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        (policy(claim("roles", "ADMIN")), {"roles": ["Admin"]}),
        (policy(claim("azp", CLIENT.upper())), {}),
        (policy(claim("roles", "ADMIN", "root", attributes=' match="any"')), {"roles": ["Admin"]}),
    ],
)
def test_another_letter_case_is_corrected_where_it_is_written(text, changes):
    found = repairs(text, bearer(token(**changes)))
    assert [(one.kind, one.is_weaker) for one in found] == [("correct-case", False)]


def test_a_value_that_a_named_value_gives_is_not_overwritten():
    found = repairs(
        policy(claim("roles", "{{role}}")),
        bearer(token(roles=["Admin"])),
        values=Values(named_values={"role": "ADMIN"}),
    )
    assert all("{{role}}" in (one.policy_text or "{{role}}") for one in found)


@pytest.mark.parametrize(
    ("audiences", "kind", "after"),
    [
        (f"<audience>{API}/.default</audience>", "correct-audience", f"<audience>{API}</audience>"),
        (f"<audience>{API},{OTHER}</audience>", "split-value",
         f"<audience>{API}</audience>\n                <audience>{OTHER}</audience>"),
    ],
)  # fmt: skip
def test_no_client_is_sent_for_an_audience_that_no_token_has(audiences, kind, after):
    found = repairs(policy(audiences=audiences), bearer(token()))
    assert [(one.kind, one.policy_text) for one in found] == [(kind, policy(audiences=after))]


def test_a_list_of_clients_in_one_element_is_parted():
    text = (
        f'<validate-azure-ad-token tenant-id="{URL.split("/")[3]}"><client-application-ids><application-id>{CLIENT},'
        f"{OTHER}</application-id></client-application-ids></validate-azure-ad-token>"
    )
    found = repairs(text, bearer(token()))
    assert kinds(found) == ["split-value"]


def test_another_metadata_address_stands_behind_a_further_issuer_and_tells_whom_it_shuts_out():
    found = [one for one in repairs(policy(), bearer(token_v1())) if one.policy_text]
    assert kinds(found) == ["add-issuer", "metadata-version"]
    assert found[1].what.endswith("callers whose tokens have version 2.0 would then be refused.")
    other = repairs(policy().replace(URL, URL_V1), bearer(token()))
    assert any(one.what.endswith("callers whose tokens have version 1.0 would then be refused.") for one in other)


@pytest.mark.parametrize("count", [13, 2_000])
def test_more_missing_claims_than_anybody_changes_are_not_searched(count):
    claims = "".join(f'<claim name="c{number}"><value>v</value></claim>' for number in range(count))
    assert repairs(policy(required(claims)), bearer(token(aud=OTHER))) == ()


def test_as_many_missing_claims_as_may_be_changed_are_all_told():
    claims = "".join(f'<claim name="c{number}"><value>v</value></claim>' for number in range(8))
    found = repairs(policy(required(claims)), bearer(token(exp=NOW + 60)))
    assert [one.kind for one in found[0].changes] == ["claim-from-provider"] * 8
