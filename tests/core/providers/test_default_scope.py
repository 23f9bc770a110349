"""The scope rule of client_credentials at Entra (AADSTS1002012 and 70011)."""

import pytest

from console.core.providers.default_scope import api_of_scope, scope_problem

API = "4f3c7141-662e-438f-93a9-a092a1fe354e"


@pytest.mark.parametrize(
    "scope",
    [
        "api://orders/.default",
        f"api://{API}/.default",
        f"{API}/.default",
        "https://vault.azure.net//.default",
        " api://a/.default ",
    ],
)
def test_a_resource_with_default_is_right(scope):
    assert scope_problem("client_credentials", scope) is None


@pytest.mark.parametrize(
    ("scope", "problem"),
    [
        ("", "The scope is empty; name the API, followed by /.default."),
        ("  ", "The scope is empty; name the API, followed by /.default."),
        (
            "api://orders/Orders.Read",
            "The scope must end with /.default: an application gets the permissions it was granted, not chosen ones.",
        ),
        ("api://a/.default,api://b/.default", "Scopes are separated by blanks, not by commas or semicolons."),
        (
            "api://a/.default api://b/.default",
            "Only one scope is possible in this grant: one API, followed by /.default.",
        ),
        (
            "api://a/.default offline_access",
            "Only one scope is possible in this grant: one API, followed by /.default.",
        ),
        ("api%3A%2F%2Fa%2F.default", "The scope is percent-encoded already; enter it as plain text."),
        ("/.default", "In front of /.default the API is missing."),
        ("api://a/.default/.default", "/.default stands twice at the end of the scope."),
        (
            "orders/.default",
            "In front of /.default belongs the API's Application ID URI (api://…) or its bare id.",
        ),
        (
            "api://a/.Default",
            "The scope must end with /.default: an application gets the permissions it was granted, not chosen ones.",
        ),
    ],
)
def test_what_is_wrong_with_a_scope_is_one_sentence(scope, problem):
    assert scope_problem("client_credentials", scope) == problem


def test_the_scopes_of_users_are_not_judged_by_the_rule_for_applications():
    assert scope_problem("authorization_code", "openid api://orders/Orders.Read") is None


@pytest.mark.parametrize(("scope", "api"), [("api://orders/.default", "api://orders"), (f"{API}/.default", API)])
def test_the_api_of_a_scope_stands_in_front_of_default(scope, api):
    assert api_of_scope("client_credentials", scope) == api
    assert api_of_scope("authorization_code", scope) == ""
