"""Looking up what an issuer publishes: both forms of address, one clear sentence for each way to fail."""

import pytest

from console.core.actor import Role
from console.core.errors import NotAllowed
from console.services import metadata_lookup
from console.services.metadata_lookup import look_up
from tests.services.builders import person
from tests.services.outside import provider  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor(provider):  # noqa: F811
    return person()


def test_an_issuer_fills_in_its_addresses(actor, provider):  # noqa: F811
    issuer = f"{provider.url}/idp/good"
    found = look_up(actor, issuer)
    assert found.problem == ""
    assert found.settings["issuer"] == issuer
    assert found.settings["token_endpoint"].startswith(f"{issuer}/")
    assert found.settings["metadata_url"] == f"{issuer}/.well-known/openid-configuration"
    assert [one.problem for one in found.tried] == [""]


def test_the_whole_address_of_the_document_is_understood(actor, provider):  # noqa: F811
    issuer = f"{provider.url}/idp/good"
    found = look_up(actor, f"{issuer}/.well-known/openid-configuration")
    assert found.settings["issuer"] == issuer


def test_what_a_document_does_not_name_is_emptied(actor, provider):  # noqa: F811
    filled = look_up(actor, f"{provider.url}/idp/good").filled()
    assert filled["introspection_endpoint"] == "" and filled["token_endpoint"]


@pytest.mark.parametrize(
    ("variant", "told"),
    [
        ("disc-html", "web page"),
        ("disc-404", "HTTP 404"),
        ("disc-list", "not a JSON object"),
        ("disc-other-issuer", "speaks for the issuer https://login.other.example"),
        ("disc-issuer-slash", "/idp/disc-issuer-slash/, so it is not followed"),
    ],
)
def test_every_way_to_fail_is_one_sentence_and_fills_in_nothing(actor, provider, variant, told):  # noqa: F811
    found = look_up(actor, f"{provider.url}/idp/{variant}")
    assert found.settings is None and found.filled() == {}
    assert told in " ".join(one.problem for one in found.tried)
    assert found.problem.endswith(".")


def test_an_address_that_is_not_allowed_out_is_told_and_nothing_is_asked(actor):
    found = look_up(actor, "https://169.254.169.254")
    assert found.settings is None
    assert all("could not be fetched" in one.problem for one in found.tried)


def test_what_is_no_address_is_told_at_once(actor):
    found = look_up(actor, "idp.example")
    assert (found.tried, found.settings) == ((), None)
    assert "is no address" in found.problem


def test_support_staff_ask_nobody(provider):  # noqa: F811
    with pytest.raises(NotAllowed):
        metadata_lookup.look_up(person("sam@example.com", Role.SUPPORT), f"{provider.url}/idp/good")
    assert provider.seen == []
