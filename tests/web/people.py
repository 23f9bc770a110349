"""Signed-in browsers, and one of each thing that a person may own."""

import re

import pytest
from django.test import Client

from console.core.call import ApiCall
from console.models import Person
from console.services import apis, calls, cases, connections, profiles
from tests.kept_rows import kept
from tests.services.builders import PASSWORD, with_samples

HTMX = {"HX-Request": "true", "HX-Target": "call", "HX-Current-URL": "https://evil.example/"}


def signed_in(actor, **options):
    client = Client(**options)
    client.force_login(Person.objects.get(pk=actor.user_id))
    return client


def prove(client):
    """The fresh proof that some things ask for, by the password."""
    answer = client.post("/accounts/reauthenticate/", {"password": PASSWORD, "next": "/inspect/"})
    assert (answer.status_code, answer.headers.get("Location")) == (302, "/inspect/")
    return client


@pytest.fixture
def owned():
    """An integrator and one of each thing: ids by the name they have in addresses."""
    actor, ids = _owned()
    return actor, dict(ids)


@kept
def _owned():
    actor = with_samples()
    profile = profiles.list_profiles(actor)[0]
    sent = calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    own_api = apis.create(actor, apis.get_stored(actor, "view", profile.api_id))
    case = cases.create(actor, sent.attempt_id, title="Case", note="")
    return actor, {
        "profile_id": profile.id,
        "attempt_id": sent.attempt_id,
        "api_id": own_api.id,
        "case_id": case.id,
        "connection_id": connections.make(actor, profile.id, "Connection").id,
        "person_id": str(actor.user_id),
    }


def seen(client, profile_id, form="secret"):
    """The digest of the destination, as the page of a profile carries it in the form of that name."""
    page = client.get(f"/profiles/{profile_id}/").text
    found = re.search(rf'action="/profiles/{profile_id}/{form}/">.*?name="seen" value="(\w+)"', page, re.DOTALL)
    assert found, form
    return found[1]
