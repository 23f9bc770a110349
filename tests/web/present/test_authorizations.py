"""Whose account it was, as a page shows it before anything is stored."""

import pytest
from django.template.loader import render_to_string

from console.core.connection import ConnectedIdentity
from console.web.present.authorizations import identity_view


@pytest.mark.parametrize(("name", "is_named"), [("Kari Nordmann", True), ("", False), ("2ce9620c", False)])
def test_an_account_without_a_name_says_how_one_would_stand_there(name, is_named):
    told = ConnectedIdentity("https://idp.example", "2ce9620c", name, "ID token", (("sub", "2ce9620c"),))
    shown = identity_view(told)
    assert shown is not None
    assert (shown["name"], shown["is_named"]) == (name or "2ce9620c", is_named)
    page = render_to_string("authorizations/confirm.html", {"sign_in": {"identity": shown, "url": "/x"}})
    assert ("That is an id and no name." in page) is not is_named


def test_of_nobody_nothing_is_shown():
    assert identity_view(None) is None
