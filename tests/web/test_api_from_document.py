"""A new API is made of its OpenAPI document: what it says is filled in, what is typed counts, or nothing is made."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.core.actor import Role
from console.core.api import Expectation
from console.services import apis
from tests.services.builders import PASSWORD, person
from tests.services.test_api_filling import DOCUMENT

pytestmark = pytest.mark.django_db
WHERE = "/apis/from-document/"


@pytest.fixture
def ina(client):
    actor = person("ina@example.com")
    assert client.login(email=actor.email, password=PASSWORD)
    return actor


def words(answer):
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().replace("<wbr>", ""))))


def test_the_document_fills_the_api_and_its_operations_are_there(client, ina):
    answer = client.post(WHERE, {"text": DOCUMENT}, follow=True)
    told = words(answer)
    assert "1 operation is imported." in told
    assert "Filled in from it: Base URL, Subscription key header, Audiences (aud), Scopes (scp)." in told
    (api,) = apis.list_apis(ina)
    assert (api.name, api.base_url, api.subscription_key_header) == ("Orders", "https://new.example/orders", "X-Key")
    assert api.expectation == Expectation(audiences=("api://orders",), scopes=("Orders.Read",))
    assert (api.operation_count, api.is_published) == (1, False)


def test_what_is_typed_counts_before_the_document(client, ina):
    typed = {"text": DOCUMENT, "name": "My orders", "base_url": "https://api.example/orders/"}
    assert client.post(WHERE, typed).status_code == 302
    (api,) = apis.list_apis(ina)
    assert (api.name, api.base_url) == ("My orders", "https://api.example/orders")


REFUSED = {
    "nothing": ({}, "Choose a file, give an address, or paste the text."),
    "no operation": ({"text": "openapi: 3.0.3\ninfo: {}\npaths: {}"}, "No operation could be read, so no API was made"),
    "no whole address": (
        {"text": DOCUMENT.replace("https://new.example/orders", "/v1")},
        "The document names no whole address at which the API is served. Give its base URL here.",
    ),
    "no address at all": ({"text": DOCUMENT, "base_url": "javascript:alert(1)"}, "It does not begin with https://"),
}


@pytest.mark.parametrize(("typed", "expected"), REFUSED.values(), ids=REFUSED)
def test_what_is_wrong_is_said_what_is_typed_stays_and_nothing_is_made(client, ina, typed, expected):
    answer = client.post(WHERE, typed)
    assert answer.status_code == 422
    assert expected in words(answer)
    assert typed.get("text", "") in unescape(answer.content.decode())
    assert apis.list_apis(ina) == []


def test_who_makes_no_apis_is_told_before_a_document_is_read(client):
    assert client.login(email=person("sam@example.com", Role.SUPPORT).email, password=PASSWORD)
    assert client.post(WHERE, {"text": DOCUMENT}).status_code == 403


def test_a_form_that_comes_back_without_its_file_says_so(client, ina):
    text = DOCUMENT.replace("https://new.example/orders", "/v1")
    file = SimpleUploadedFile("orders.yaml", text.encode())
    answer = client.post(WHERE, {"document": file})
    assert answer.status_code == 422
    assert "it can be dropped here. Choose the file again: a browser forgets it when a form comes back." in words(
        answer
    )
    assert "Choose the file again" not in words(client.post(WHERE, {"text": text}))


ENTRA = "abc8Q~" + "dEfGhIjKlMnOpQrStUvWxYz0123456789a"
KEY = "0123456789abcdef0123456789abcdef"
GITHUB = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"
SENTENCE = "What stands here is shown in lists, to others too, and is not encrypted."
TITLE, SERVER, HEADER, SCOPE = "title: Orders", "https://new.example/orders", "name: X-Key", "api://orders/Orders.Read"


@pytest.mark.parametrize("secret", [ENTRA, KEY, GITHUB, "k7Gd92LmQx81Zr0TfWb3Ys6VhN"])
def test_a_title_with_a_secret_names_no_api_and_that_is_said(client, ina, secret):
    answer = client.post(WHERE, {"text": DOCUMENT.replace(TITLE, f"title: Orders {secret}")}, follow=True)
    assert f"Name: a value that was read is left out. This looks like a secret. {SENTENCE}" in words(answer)
    (api,) = apis.list_apis(ina)
    assert api.name == "new.example"
    for path in (f"/apis/{api.id}/", f"/apis/{api.id}/operations/", f"/apis/{api.id}/policy/expectation/", "/apis/"):
        assert secret not in client.get(path).content.decode(), path


@pytest.mark.parametrize("secret", [ENTRA, GITHUB])
@pytest.mark.parametrize("as_title", [TITLE, "title: ''"])
def test_an_address_with_a_secret_is_no_base_url_and_the_next_one_is_taken(client, ina, secret, as_title):
    two = f'{SERVER}/{secret}"}}, {{url: "https://second.example/orders'
    answer = client.post(WHERE, {"text": DOCUMENT.replace(SERVER, two).replace(TITLE, as_title)}, follow=True)
    assert f"Base URL: a value that was read is left out. This looks like a secret. {SENTENCE}" in words(answer)
    (api,) = apis.list_apis(ina)
    assert api.base_url == "https://second.example/orders"


@pytest.mark.parametrize("secret", [ENTRA, GITHUB])
def test_without_another_address_one_is_asked_for_and_why_is_said(client, ina, secret):
    answer = client.post(WHERE, {"text": DOCUMENT.replace(SERVER, f"{SERVER}/{secret}")})
    told = words(answer)
    assert answer.status_code == 422
    assert "The document names no whole address" in told
    assert "Base URL: a value that was read is left out. This looks like a secret." in told
    assert apis.list_apis(ina) == []


@pytest.mark.parametrize("secret", [ENTRA, GITHUB])
def test_demands_and_headers_with_a_secret_are_left_out_one_by_one(client, ina, secret):
    scopes = f'{SCOPE}", "api://orders/{secret}", "api://{secret}/Orders.Write'
    answer = client.post(
        WHERE, {"text": DOCUMENT.replace(SCOPE, scopes).replace(HEADER, f"name: {secret}")}, follow=True
    )
    told = words(answer)
    for label in ("Subscription key header", "Audiences (aud)", "Scopes (scp)"):
        assert f"{label}: a value that was read is left out." in told
    (api,) = apis.list_apis(ina)
    assert api.expectation == Expectation(audiences=("api://orders",), scopes=("Orders.Read", "Orders.Write"))
    assert api.subscription_key_header == "Ocp-Apim-Subscription-Key"


def test_a_document_without_a_secret_leaves_nothing_out(client, ina):
    assert "left out" not in words(client.post(WHERE, {"text": DOCUMENT}, follow=True))
