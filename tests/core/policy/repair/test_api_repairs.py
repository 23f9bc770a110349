"""What the owner of the API is told: the edit of the policy line by line, who decides, and whether it weakens."""

import pytest

from console.core.owner import Owner
from console.core.policy.engine.evaluate import evaluate
from console.core.policy.engine.model import Verdict
from console.core.policy.engine.trial import Trial
from console.core.policy.repair.failures import failures_of, is_repaired
from console.core.policy.repair.options import api_options
from console.core.policy.text.values import Values
from tests.core.policy.builders import NOW
from tests.core.policy.policy_strategies import ISSUER, ISSUER_V1, TENANT, URL, URL_V1
from tests.core.policy.repair.builders import (
    API,
    CLIENT,
    METADATA,
    OTHER,
    bearer,
    changed_lines,
    entra,
    kinds,
    policy,
    read,
    repairs,
    required,
    token,
    token_v1,
)

URI = f"api://{API}"
OTHER_ISSUER = f"https://login.microsoftonline.com/{OTHER}/v2.0"


def listed(name: str, value: str, attributes: str = "") -> str:
    inside = f"\n                    <value>{value}</value>\n                "
    return required(f'<claim name="{name}"{attributes}>{inside}</claim>')


def issuers(*values: str) -> str:
    lines = "".join(f"\n                <issuer>{value}</issuer>" for value in values)
    return f"\n            <issuers>{lines}\n            </issuers>"


CASES = {
    "the App ID URI is listed, the token has the client id": (
        policy(audiences=f"<audience>{URI}</audience>"), bearer(token()), "add-audience",
        [f"+<audience>{API}</audience>"], False,
    ),
    "another API's audience": (
        policy(), bearer(token(aud=OTHER)), "add-audience", [f"+<audience>{OTHER}</audience>"], True,
    ),
    "another name that may be this API's": (
        policy(), bearer(token(aud="api://orders")), "add-audience", ["+<audience>api://orders</audience>"], False,
    ),
    "metadata of version 2.0, token of version 1.0": (
        policy(), bearer(token_v1()), "metadata-version",
        [f'-<openid-config url="{URL}" />', f'+<openid-config url="{URL_V1}" />'], False,
    ),
    "metadata of version 1.0, token of version 2.0": (
        policy().replace(URL, URL_V1), bearer(token()), "metadata-version",
        [f'-<openid-config url="{URL_V1}" />', f'+<openid-config url="{URL}" />'], False,
    ),
    "either version's issuer": (
        policy(), bearer(token_v1()), "add-issuer",
        ["+<issuers>", f"+<issuer>{ISSUER_V1}</issuer>", "+</issuers>"], False,
    ),
    "another issuer": (
        policy(), bearer(token(iss=OTHER_ISSUER)), "add-issuer",
        ["+<issuers>", f"+<issuer>{OTHER_ISSUER}</issuer>", "+</issuers>"], True,
    ),
    "an issuer with a slash too much": (
        policy(issuers("https://issuer.example")),
        bearer(token(iss="https://issuer.example/")), "correct-issuer",
        ["-<issuer>https://issuer.example</issuer>", "+<issuer>https://issuer.example/</issuer>"], False,
    ),
    "another client among the values": (
        policy(listed("azp", OTHER, ' match="any"')), bearer(token()), "add-client",
        [f"+<value>{CLIENT}</value>"], False,
    ),
    "another client, and all values are asked for": (
        policy(listed("azp", OTHER)), bearer(token()), "add-client",
        ['-<claim name="azp">', '+<claim name="azp" match="any">', f"+<value>{CLIENT}</value>"], False,
    ),
    "another client of the tenant": (
        entra(), bearer(token(azp=OTHER)), "add-client", [f"+<application-id>{OTHER}</application-id>"], False,
    ),
    "two clients, and both at once are asked for": (
        policy(listed("azp", f"{CLIENT}</value>\n                    <value>{OTHER}")), bearer(token()), "match-any",
        ['-<claim name="azp">', '+<claim name="azp" match="any">'], False,
    ),
    "two roles, one of them held": (
        policy(listed("roles", "read</value>\n                    <value>Admin")), bearer(token()), "match-any",
        ['-<claim name="roles">', '+<claim name="roles" match="any">'], True,
    ),
    "scopes in one text": (
        policy(listed("scp", "orders.read")), bearer(token(scp="orders.read orders.write", roles=None)),
        "add-separator", ['-<claim name="scp">', '+<claim name="scp" separator=" ">'], False,
    ),
    "several values in one element": (
        policy(listed("roles", "read,Admin", ' match="any"')), bearer(token()), "split-value",
        ["-<value>read,Admin</value>", "+<value>read</value>", "+<value>Admin</value>"], False,
    ),
    "appid is asked for, the token has azp": (
        policy(listed("appid", CLIENT)), bearer(token()), "rename-claim",
        ['-<claim name="appid">', '+<claim name="azp">'], False,
    ),
    "azp is asked for, the token has appid": (
        policy(listed("azp", CLIENT)).replace(URL, URL_V1), bearer(token_v1()), "rename-claim",
        ['-<claim name="azp">', '+<claim name="appid">'], False,
    ),
    "a role that is not listed": (
        policy(listed("roles", "Admin", ' match="any"')), bearer(token(roles=["Reader"])), "add-role",
        ["+<value>Reader</value>"], True,
    ),
    "another tenant": (
        entra(), bearer(token(iss=OTHER_ISSUER, tid=OTHER)), "other-tenant",
        [f'-<validate-azure-ad-token tenant-id="{TENANT}">', f'+<validate-azure-ad-token tenant-id="{OTHER}">'], True,
    ),
    "a policy takes the token away first": (
        policy().replace("<inbound>", '<inbound>\n        <set-header name="Authorization" exists-action="delete" />'),
        bearer(token()), "move-policy",
        ['-<set-header name="Authorization" exists-action="delete" />',
         '+<set-header name="Authorization" exists-action="delete" />'], False,
    ),
    "another header is read": (
        policy().replace('header-name="Authorization" require-scheme="Bearer"', 'header-name="X-Token"'),
        bearer(token()), "read-authorization",
        ['-<validate-jwt header-name="X-Token">', '+<validate-jwt header-name="Authorization">'], False,
    ),
    "a header in another letter case": (
        '<check-header name="X-Caller"><value>Portal</value></check-header>',
        bearer(token()).with_header("X-Caller", ("portal",)), "ignore-case",
        ['-<check-header name="X-Caller"><value>Portal</value></check-header>',
         '+<check-header name="X-Caller" ignore-case="true"><value>Portal</value></check-header>'], False,
    ),
    "an address that is not listed": (
        '<ip-filter action="allow">\n  <address>203.0.113.7</address>\n</ip-filter>',
        bearer(token(), client_ip="203.0.113.8"), "add-address", ["+<address>203.0.113.8</address>"], False,
    ),
    "an API that is not listed": (
        entra(f"\n    <backend-application-ids>\n        <application-id>{API}</application-id>\n"
              "    </backend-application-ids>"),
        bearer(token(aud=OTHER)), "add-backend", [f"+<application-id>{OTHER}</application-id>"], True,
    ),
}  # fmt: skip


@pytest.mark.parametrize(("text", "request_", "kind", "lines", "is_weaker"), CASES.values(), ids=CASES.keys())
def test_the_edit_is_one_place_in_the_text(text, request_, kind, lines, is_weaker):
    metadata = {**METADATA, f"{OTHER_ISSUER}/.well-known/openid-configuration": METADATA[URL]}
    metadata = {**metadata, **_entra_of_the_other_tenant()}
    found = next(one for one in repairs(text, request_, metadata=metadata) if one.kind == kind)
    assert (found.side, found.who, found.verdict) == ("api", Owner.API_OWNER, Verdict.ALLOW)
    assert (changed_lines(found), found.is_weaker, bool(found.weakness)) == (lines, is_weaker, is_weaker)


def _entra_of_the_other_tenant():
    base = f"https://login.microsoftonline.com/{OTHER}"
    view = METADATA[URL]
    known = "/.well-known/openid-configuration"
    views = ((f"{base}/v2.0", OTHER_ISSUER), (base, f"https://sts.windows.net/{OTHER}/"))
    return {address + known: type(view)(issuer, view.keyset) for address, issuer in views}


def test_the_version_of_the_tokens_is_a_setting_of_the_apis_registration():
    found = next(one for one in repairs(policy(), bearer(token_v1(aud=URI))) if "token-version" in one.kind)
    assert (found.kind, found.side, found.who, found.policy_text) == ("token-version", "api", Owner.API_OWNER, None)
    assert found.what == (
        "Set requestedAccessTokenVersion of the API's registration to 2; every client of the API then gets version 2.0 "
        "tokens, with the claims and the issuer of that version."
    )


def test_a_rule_is_taken_away_where_nothing_else_helps_and_then_with_what_that_opens():
    found = repairs(policy(listed("ver", "3.0")), bearer(token()))
    assert [(one.kind, one.weakness) for one in found] == [
        ("drop-claim", "Callers without this ver would then be let through.")
    ]


@pytest.mark.parametrize(
    ("text", "request_", "kinds_"),
    [
        (
            policy(listed("scp", "orders.read")),
            bearer(token(scp="orders.read orders.write", roles=None)),
            ["add-separator"],
        ),
        (policy(audiences=f"<audience>{URI}</audience>"), bearer(token()), ["add-audience"]),
        (policy(listed("azp", f"{CLIENT}</value><value>{OTHER}")), bearer(token()), ["match-any"]),
        # the claim can only be let go, but not so the audience
        (policy(listed("ver", "3.0")), bearer(token(aud=OTHER)), ["ask-scope+drop-claim", "add-audience+drop-claim"]),
    ],
)
def test_no_rule_is_taken_away_beside_an_edit_that_weakens_nothing(text, request_, kinds_):
    assert sorted(kinds(repairs(text, request_))) == sorted(kinds_)


def edited(text, request_, kind):
    """The policy after the edit of one kind that answers the first failure, whether it would be proposed or not."""
    start = Trial(read(text), request_, NOW, metadata=METADATA)
    options = api_options(start, failures_of(start, evaluate(start))[0])
    option = next(one for one in options if one.change.kind == kind)
    made = option.apply()
    assert made is not None and is_repaired(evaluate(made))
    assert option.change.weakness and option.change.is_removal
    return made.document.source


@pytest.mark.parametrize(
    ("attributes", "changes", "skew"),
    [
        ("", {"exp": NOW - 60}, 60),
        (' clock-skew="30"', {"exp": NOW - 61}, 120),
        ("", {"nbf": NOW + 300}, 300),
        (' failed-validation-error-message="@("a \\" b > c")"', {"exp": NOW - 1}, 60),
    ],
)
def test_a_clock_skew_covers_the_difference(attributes, changes, skew):
    kept = attributes if "clock-skew" not in attributes else ""
    expected = policy(attributes=f'{kept} clock-skew="{skew}"')
    assert edited(policy(attributes=attributes), bearer(token(**changes)), "clock-skew") == expected


@pytest.mark.parametrize("changes", [{"exp": NOW - 1}, {"nbf": NOW + 1}])
def test_no_clock_is_forgiven_where_a_fresh_token_is_enough(changes):
    assert {one.side for one in repairs(policy(), bearer(token(**changes)))} == {"client"}


@pytest.mark.parametrize(
    "request_",
    [bearer(token(exp=NOW - 1)), bearer(token(aud=OTHER)), bearer(token(exp=None)), bearer(token(roles=None))],
)
def test_what_the_caller_can_do_comes_first_and_what_weakens_the_policy_last(request_):
    found = repairs(policy(listed("roles", "read")), request_)
    order = [(one.side != "client", one.is_weaker) for one in found]
    assert order == sorted(order) and order[0] == (False, False)
    assert not any(kind.startswith(("drop-", "exp-not", "unsigned")) for kind in kinds(found))


def test_an_edit_in_the_middle_of_other_failures_keeps_both_sides_apart():
    text = policy(listed("appid", CLIENT))
    found = repairs(text, bearer(token(exp=NOW - 9_000)))
    assert found[0].side == "both" and set(found[0].kind.split("+")) == {"fresh-token", "rename-claim"}


def test_two_edits_are_told_as_one_text():
    text = policy(listed("scp", "orders.read"), audiences=f"<audience>{URI}</audience>")
    found = repairs(text, bearer(token(scp="orders.read orders.write", roles=None)))[0]
    assert (found.kind, found.side, found.is_weaker) == ("add-audience+add-separator", "api", False)
    assert changed_lines(found) == [
        f"+<audience>{API}</audience>",
        '-<claim name="scp">',
        '+<claim name="scp" separator=" ">',
    ]


def test_an_edit_whose_metadata_nobody_gave_is_provisional():
    found = repairs(policy(), bearer(token_v1()), metadata={URL: METADATA[URL]})
    provisional = [one.kind for one in found if one.is_provisional]
    assert provisional == ["metadata-version"]
    assert kinds(found).index("add-issuer") < kinds(found).index("metadata-version")


def test_a_missing_value_leaves_every_repair_provisional():
    text = policy(listed("azp", "{{clients}}"))
    found = repairs(text, bearer(token(exp=NOW - 1)))
    assert kinds(found)[0] == "fresh-token" and all(one.is_provisional for one in found)


@pytest.mark.parametrize(
    ("text", "request_"),
    [
        (policy(), bearer(token())),  # passes
        (policy(listed("azp", "{{clients}}")), bearer(token())),  # nothing fails, a value is missing
        ("<return-response><set-status code='403' reason='no' /></return-response>", bearer(token())),
    ],
)
def test_nothing_is_proposed_where_no_check_fails(text, request_):
    assert repairs(text, request_) == ()


def test_named_values_stay_in_the_text():
    text = policy().replace(TENANT, "{{tenant}}")
    found = repairs(text, bearer(token_v1()), values=Values(named_values={"tenant": TENANT}))
    edit = next(one for one in found if one.kind == "metadata-version")
    assert "{{tenant}}/.well-known/openid-configuration" in (edit.policy_text or "")


@pytest.mark.parametrize(
    ("listing", "expected"),
    [
        ("<audiences />", None),
        (
            "<audiences><audience>x</audience></audiences>",
            f"<audiences><audience>x</audience><audience>{API}</audience></audiences>",
        ),
        (
            "<audiences>\r\n\t<audience>x</audience>\r\n</audiences>",
            f"<audiences>\r\n\t<audience>x</audience>\r\n\t<audience>{API}</audience>\r\n</audiences>",
        ),
        (
            "<audiences>\n  <audience>x</audience> <!-- the first -->\n</audiences>",
            f"<audiences>\n  <audience>x</audience>\n  <audience>{API}</audience> <!-- the first -->\n</audiences>",
        ),
    ],
)  # fmt: skip
def test_indentation_line_ends_and_comments_are_kept(listing, expected):
    text = f'<validate-jwt header-name="Authorization">\n<openid-config url="{URL}" />\n{listing}\n</validate-jwt>'
    found = [one for one in repairs(text, bearer(token())) if one.kind == "add-audience"]
    assert [one.policy_text for one in found] == ([text.replace(listing, expected)] if expected else [])


def test_the_comparison_hides_keys_that_stand_beside_the_edit():
    key = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA=="
    text = f"""<validate-jwt header-name="Authorization">
    <openid-config url="{URL}" />
    <issuer-signing-keys>
        <key>{key}</key>
    </issuer-signing-keys>
    <audiences>
        <audience>{URI}</audience>
    </audiences>
    <issuers>
        <issuer>{ISSUER}</issuer>
    </issuers>
</validate-jwt>"""
    found = repairs(text, bearer(token()))
    assert found
    for one in found:
        assert key not in repr(one) and key not in one.diff_text
        assert key in (one.policy_text or key)


def test_the_same_mistake_in_two_policies_is_corrected_in_both():
    one = policy(audiences=f"<audience>{URI}</audience>").split("\n")[2:-3]
    text = "\n".join(["<policies><inbound>", *one, *one, "</inbound></policies>"])
    found = repairs(text, bearer(token()))[0]
    assert (found.kind, found.title) == ("add-audience+add-audience", "Accept this audience")
    assert changed_lines(found) == [f"+<audience>{API}</audience>"] * 2


def test_an_edit_reaches_into_the_branch_that_is_taken():
    inner = "\n".join(policy(audiences=f"<audience>{URI}</audience>").split("\n")[2:-3])
    text = f'<choose>\n<when condition="@(true)">\n{inner}\n</when>\n<otherwise><base /></otherwise>\n</choose>'
    found = repairs(text, bearer(token()))[0]
    assert (found.kind, changed_lines(found)) == ("add-audience", [f"+<audience>{API}</audience>"])


def test_a_policy_of_a_fragment_is_not_edited():
    text = '<include-fragment fragment-id="check" />'
    inner = "\n".join(policy(audiences=f"<audience>{OTHER}</audience>").split("\n")[2:-3])
    values = Values(fragments={"check": f"<fragment>{inner}</fragment>"})
    assert all(one.policy_text is None for one in repairs(text, bearer(token()), values=values))


def test_a_filter_that_would_be_left_without_addresses_goes_whole_because_the_gateway_wants_one():
    only = '<ip-filter action="forbid"><address>203.0.113.8</address></ip-filter>'
    found = repairs(f"<policies><inbound>{only}<base /></inbound></policies>", bearer(token(), client_ip="203.0.113.8"))
    assert kinds(found) == ["unblock-address"]
    assert "ip-filter" not in found[0].policy_text


def test_a_forbidden_caller_is_let_through_without_every_entry_that_covers_him_and_no_other():
    others = [f"<address>203.0.113.{number}</address>" for number in range(20, 40)]
    covering = ["<address>203.0.113.8</address>", '<address-range from="203.0.113.1" to="203.0.113.9" />']
    text = "\n".join(['<ip-filter action="forbid">', *others, *covering, "</ip-filter>"])
    found = repairs(text, bearer(token(), client_ip="203.0.113.8"))
    assert [(one.kind, changed_lines(one)) for one in found] == [("unblock-address", [f"-{line}" for line in covering])]
    assert found[0].changes[0].what.startswith("Take 203.0.113.8 or 203.0.113.1-203.0.113.9 out")


@pytest.mark.parametrize("count", [40, 400])
def test_a_document_of_many_policies_is_given_up_in_time_or_repaired(count):
    one = "\n".join(policy().split("\n")[2:-3])
    text = "\n".join(["<policies><inbound>", *([one] * count), "</inbound></policies>"])
    assert kinds(repairs(text, bearer(token(aud=OTHER)))) == ["ask-scope"]


@pytest.mark.parametrize(
    ("actual", "is_weaker", "kinds_"),
    [
        ("https://issuer.example/other", True, ["token-of-issuer", "add-issuer"]),  # the same host, another customer
        ("https://issuer.example/one/", False, ["correct-issuer", "add-issuer"]),
        ("https://ISSUER.example/one", False, ["correct-issuer", "add-issuer"]),
    ],
)
def test_an_issuer_is_only_taken_for_the_same_when_it_is_just_written_differently(actual, is_weaker, kinds_):
    text = policy(issuers("https://issuer.example/one"), audiences="").replace(URL, "https://issuer.example/metadata")
    metadata = {
        "https://issuer.example/metadata": type(METADATA[URL])("https://issuer.example/one", METADATA[URL].keyset)
    }
    found = repairs(text, bearer(token(iss=actual)), metadata=metadata)
    assert kinds(found) == kinds_ and found[-1].is_weaker is is_weaker
