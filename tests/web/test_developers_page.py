"""The page of an API for those who call it: what it needs, by which grant, and a profile that begins with all of it."""

import re
from html import unescape

import pytest

from console.core.actor import Role
from console.core.api import Api, Expectation
from console.services import api_operations, apis, profiles
from tests.services.builders import PASSWORD, person, with_samples
from tests.services.test_api_filling import DOCUMENT

pytestmark = pytest.mark.django_db
ISSUER = "https://login.microsoftonline.com/0d3f1c2b-5a6e-4f70-8192-a3b4c5d6e7f8/v2.0"


@pytest.fixture
def api():
    owner = person("olga@example.com")
    wanted = Expectation(("api://orders",), (ISSUER,), roles=("Orders.Read",), scopes=("Orders.Own",))
    made = apis.create(owner, Api("", 0, "Orders", "https://api.example/orders", expectation=wanted))
    api_operations.import_text(owner, made.id, DOCUMENT)
    apis.publish(person("ada@example.com", Role.ADMIN), made.id, is_published=True, expected_version=1)
    return made


def words(client, path):
    text = client.get(path).content.decode()
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text.replace("<wbr>", "")))), text


def test_an_integrator_reads_what_it_needs_and_begins_a_profile_with_it(client, api):
    assert client.login(email=person("ina@example.com").email, password=PASSWORD)
    told, text = words(client, f"/apis/{api.id}/developers/")
    lead = "Get a token by client_credentials, and send it as a Bearer token and a subscription key to the base URL."
    assert lead in told
    assert "api://orders/.default" in told
    assert {"csharp", "java"} <= set(re.findall(r'id="text-([a-z-]+)"', text))
    assert "Ask olga@example.com for what has to be granted." in told
    assert "the role Orders.Read, by an administrator of the tenant" in told
    assert "api://orders/Orders.Own" in told
    assert "GET" in told and "needs Orders.Read" in told
    assert "curl" in told and "ACCESS_TOKEN" in told and "https://api.example/orders/orders" in told
    assert f"/apis/{api.id}/developers/" in told
    ways = [unescape(one) for one in re.findall(r'id="make-[a-z]+_[a-z]+" href="([^"]+)"', text)]
    assert ways == [
        f"/profiles/new/?api={api.id}&grant={one}&fill=1" for one in ("client_credentials", "authorization_code")
    ]
    for way, scope in zip(ways, ("api://orders/.default", "api://orders/Orders.Own"), strict=True):
        form = client.get(way).content.decode()
        assert f'value="{scope}"' in form
        assert 'value="0d3f1c2b-5a6e-4f70-8192-a3b4c5d6e7f8"' in form
        assert 'value="Orders client"' in form
        assert re.search(rf'<option value="{api.id}" selected', form)


def test_the_program_for_an_api_of_the_sandbox_asks_for_something_that_is_there(client):
    actor = with_samples()
    api_id = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret").api_id
    client.login(email=actor.email, password=PASSWORD)
    told, _ = words(client, f"/apis/{api_id}/developers/")
    assert "/gateway/orders/orders'" in told
    assert "/gateway/orders' " not in told, "the bare address answers nothing"


def test_where_a_profile_is_there_operations_are_tried_with_it(client):
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    assert client.login(email=actor.email, password=PASSWORD)
    told, text = words(client, f"/apis/{profile.api_id}/developers/")
    assert f'href="/profiles/{profile.id}/#call"' in text
    assert "Sandbox of this console" in told
    assert "asked for, in the header Ocp-Apim-Subscription-Key" in told


def test_an_api_that_is_not_theirs_fills_no_form_and_has_no_page(client, api):
    apis.publish(person("eve@example.com", Role.ADMIN), api.id, is_published=False, expected_version=2)
    assert client.login(email=person("otto@example.com").email, password=PASSWORD)
    assert client.get(f"/apis/{api.id}/developers/").status_code == 404
    form = client.get(f"/profiles/new/?api={api.id}&fill=1")
    assert form.status_code == 200
    assert b"api://orders" not in form.content
