"""A server of any kind: its addresses are looked up on demand, and another host for tokens is asked about first."""

import pytest

from tests.services.builders import person
from tests.services.outside import provider  # noqa: F401 (a fixture)
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
NEW = "/profiles/new/"
ELSEWHERE = "https://tokens.example/token"


@pytest.fixture
def client(provider):  # noqa: F811
    return signed_in(person())


def form_of(issuer, **changed):
    form = {"name": "Any", "environment": "", "provider": "generic:outside", "issuer": issuer, "client_id": "c-1"}
    form |= {"grant": "client_credentials", "scope": "", "api_id": "", "assertion_style": "PS256"}
    return {**form, **changed}


def test_the_button_stands_where_an_issuer_is_asked_for_and_nowhere_else(client):
    with_issuer = client.post(NEW, {"provider": "generic:outside", "do": "show"}).content.decode()
    assert 'id="look-up"' in with_issuer and 'value="look-up" formnovalidate' in with_issuer
    for other in ("generic:sandbox", "entra:global", "keycloak"):
        assert 'id="look-up"' not in client.post(NEW, {"provider": other, "do": "show"}).content.decode()


def test_what_was_found_is_filled_in_and_what_was_typed_stays(client, provider):  # noqa: F811
    issuer = f"{provider.url}/idp/good"
    old = {"revocation_endpoint": "https://old.example/revoke", "token_endpoint": "https://old.example/token"}
    answer = client.post(NEW, form_of(issuer, do="look-up", **old))
    form = answer.context["form"]
    assert answer.status_code == 200 and not form.errors
    assert form["token_endpoint"].value() == f"{issuer}/token"
    assert form["revocation_endpoint"].value() == "", "an address of another server does not stay"
    assert (form["name"].value(), form["client_id"].value()) == ("Any", "c-1")
    assert "The addresses are filled in below" in answer.content.decode()


def test_what_was_not_found_leaves_the_form_as_it_was(client, provider):  # noqa: F811
    answer = client.post(NEW, form_of(f"{provider.url}/idp/disc-html", do="look-up", token_endpoint=ELSEWHERE))
    assert answer.context["form"]["token_endpoint"].value() == ELSEWHERE
    page = answer.content.decode()
    assert "Nothing was filled in" in page and "the answer is a web page" in page


def test_another_host_for_tokens_must_be_agreed_to(client):
    issuer = "https://idp.example"
    refused = client.post(NEW, form_of(issuer, token_endpoint=ELSEWHERE))
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "credentials would go there" in page and 'value="tokens.example"' in page
    agreed = client.post(NEW, form_of(issuer, token_endpoint=ELSEWHERE, accepted_host="tokens.example"))
    assert agreed.status_code == 302, agreed.context["form"].errors


@pytest.mark.parametrize("tick", ["on", "idp.example", "other.example"])
def test_a_tick_for_another_host_counts_for_nothing(client, tick):
    refused = client.post(NEW, form_of("https://idp.example", token_endpoint=ELSEWHERE, accepted_host=tick))
    assert refused.status_code == 422
    box = refused.content.decode().partition('name="accepted_host"')[2].partition(">")[0]
    assert "checked" not in box


def test_the_same_host_asks_nothing(client):
    made = client.post(NEW, form_of("https://idp.example/t", token_endpoint="https://idp.example/token"))
    assert made.status_code == 302, made.context["form"].errors


def test_an_edit_that_moves_the_token_endpoint_asks_again(client):
    issuer = "https://idp.example"
    made = client.post(NEW, form_of(issuer, token_endpoint=ELSEWHERE, accepted_host="tokens.example"))
    kept = client.post(
        f"{made.url}edit/", form_of(issuer, token_endpoint=ELSEWHERE, accepted_host="tokens.example", version="1")
    )
    assert kept.status_code == 302
    moved = form_of(issuer, token_endpoint="https://evil.example/t", accepted_host="tokens.example", version="2")
    assert client.post(f"{made.url}edit/", moved).status_code == 422


@pytest.mark.parametrize("typed", ["idp.example/token", "file:///etc/passwd", "https://me@idp.example/t"])
def test_what_is_no_address_is_told_beside_its_field(client, typed):
    refused = client.post(NEW, form_of("https://idp.example", token_endpoint=typed))
    assert refused.status_code == 422
    assert refused.context["form"].errors["token_endpoint"]
