"""The page of an API's operations, and what they do to the form of a call: all of it without scripts."""

import html
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.core.actor import Role
from console.services import api_operations, profiles
from console.store import attempts
from tests.services.builders import person, with_samples
from tests.store import builders as store_builders
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db

ORDERS = (Path(__file__).parents[1] / "vectors" / "openapi" / "orders-3.1.yaml").read_text("utf-8")


def words(answer):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.fixture
def owner():
    return with_samples()


@pytest.fixture
def profile(owner):
    return next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")


@pytest.fixture
def boss():
    return person("boss@example.com", Role.ADMIN)


def address(api_id):
    return f"/apis/{api_id}/operations/"


def test_a_pasted_document_is_imported_listed_by_tag_and_told_with_its_mistakes(boss, profile):
    client = signed_in(boss)
    assert "Import an OpenAPI document" in words(client.get(f"/apis/{profile.api_id}/"))
    answer = client.post(address(profile.api_id), {"text": ORDERS}, follow=True)
    told = words(answer)
    assert "5 operations are imported. The document has mistakes, which are listed below." in told
    assert "Line 36 : delete is empty" in told
    assert "POST /orders Make an order needs Orders.Write and Orders.Read or Orders.Admin" in told
    assert "Orders 3" in told and "without a tag 2" in told
    assert "Show 5 operations" in words(client.get(f"/apis/{profile.api_id}/"))


def test_a_file_is_imported_and_its_name_told(boss, profile):
    file = SimpleUploadedFile("orders.yaml", ORDERS.encode())
    answer = signed_in(boss).post(address(profile.api_id), {"document": file}, follow=True)
    assert "orders.yaml" in words(answer)


def test_what_cannot_be_read_is_told_with_its_line_and_stays_typed(boss, profile):
    answer = signed_in(boss).post(address(profile.api_id), {"text": "openapi: 3.0.0\npaths: nothing of mine\n"})
    assert answer.status_code == 422
    assert "No operation could be read, so nothing was changed" in words(answer)
    assert "nothing of mine" in answer.content.decode()


def test_an_address_that_may_not_be_fetched_is_a_message_in_the_form(boss, profile):
    answer = signed_in(boss).post(address(profile.api_id), {"address": "http://127.0.0.1:1/openapi.json"})
    assert answer.status_code == 422
    assert "The document could not be fetched." in words(answer)
    assert "http://127.0.0.1:1/openapi.json" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose a file, give an address, or paste the text."),
        ({"text": "a", "address": "b"}, "Give one of the three"),
    ],
)
def test_one_of_the_three_is_asked_for(boss, profile, sent, told):
    answer = signed_in(boss).post(address(profile.api_id), sent)
    assert (answer.status_code, told in words(answer)) == (422, True)


def test_words_and_tags_narrow_the_list_and_each_operation_leads_to_the_call(boss, owner, profile):
    api_operations.import_text(boss, profile.api_id, ORDERS)
    client = signed_in(owner)
    answer = client.get(address(profile.api_id), {"q": "make", "profile": profile.id})
    told = words(answer)
    assert "POST /orders" in told and "GET /orders" not in told
    link = f"/profiles/{profile.id}/?{urlencode({'operation': 'POST /orders'})}#call"
    assert link in html.unescape(answer.content.decode())
    assert "Import a newer document" not in told
    assert "No operation has these words" in words(client.get(address(profile.api_id), {"q": "zebra"}))
    for odd in ("-1", "x", "99999999", "٣"):
        assert client.get(address(profile.api_id), {"from": odd}).status_code == 200


def test_who_has_no_profile_for_the_api_is_led_to_make_one(boss, owner, profile):
    api_operations.import_text(boss, profile.api_id, ORDERS)
    assert 'id="no-caller"' not in signed_in(owner).get(address(profile.api_id)).text
    new = signed_in(person("new@example.com", Role.INTEGRATOR)).get(address(profile.api_id))
    assert "you have none: make one , then each path here leads to the form of its call." in words(new)
    assert f'href="/profiles/new/?api={profile.api_id}&amp;fill=1">make one</a>' in new.text
    looks = signed_in(person("sam@example.com", Role.SUPPORT)).get(address(profile.api_id))
    assert "and you have none." in words(looks)
    assert "/profiles/new/?api=" not in looks.text


def test_without_a_document_what_was_called_and_answered_well_is_known_to_who_called(boss, owner, profile):
    for title, status in (("GET /orders/17", 200), ("POST /orders", 201), ("DELETE /orders/17", 401)):
        made = store_builders.attempt_record(profile_id=profile.id)
        attempts.add(owner, replace(made, kind="call", api_id=profile.api_id, title=title, status=status))
    answer = signed_in(owner).get(address(profile.api_id), {"profile": profile.id})
    told = words(answer)
    assert "Known from your calls" in told and "GET /orders/17" in told and "DELETE" not in told
    link = f"/profiles/{profile.id}/?{urlencode({'operation': 'POST /orders'})}#call"
    assert link in html.unescape(answer.content.decode())
    assert "/orders/17" not in words(signed_in(boss).get(address(profile.api_id)))
    api_operations.import_text(boss, profile.api_id, ORDERS)
    assert "Known from your calls" not in words(signed_in(owner).get(address(profile.api_id)))


def test_where_several_profiles_may_call_the_rows_lead_to_the_one_used_last(boss, owner, profile):
    other = next(one for one in profiles.list_profiles(owner) if one.api_id == profile.api_id and one.id != profile.id)
    client = signed_in(owner)
    made = replace(store_builders.attempt_record(profile_id=other.id), kind="call", api_id=profile.api_id)
    attempts.add(owner, replace(made, title="GET /orders", status=200))
    link = f"/profiles/{other.id}/?{urlencode({'operation': 'GET /orders'})}#call"
    learned = client.get(address(profile.api_id))
    assert link in html.unescape(learned.content.decode()), "known from calls"
    api_operations.import_text(boss, profile.api_id, ORDERS)
    answer = client.get(address(profile.api_id), {"q": "/orders"})
    assert link in html.unescape(answer.content.decode())
    assert f'<option value="{other.id}" selected>' in answer.content.decode()
    link = f"/profiles/{profile.id}/?{urlencode({'operation': 'GET /orders'})}#call"
    answer = client.get(address(profile.api_id), {"q": "/orders", "profile": profile.id})
    assert link in html.unescape(answer.content.decode()), "what is chosen counts first"


def test_many_operations_are_told_shortly_and_the_list_of_apis_leads_to_them(boss, owner, profile):
    paths = "".join(f"  /things/{n}: {{get: {{tags: [Area {n % 40}]}}}}\n" for n in range(1200))
    api_operations.import_text(boss, profile.api_id, f"openapi: 3.0.0\npaths:\n{paths}")
    client = signed_in(owner)
    link = f'href="{address(profile.api_id)}" aria-label="1,200 operations of Orders (sandbox)"'
    assert link in client.get("/apis/").content.decode()
    told = words(client.get(address(profile.api_id), {"q": "things", "tag": "Area 3"}))
    assert "1,200 operations of" in told
    assert "30 found" in told
    assert "40 tags, of which Area 3 is chosen" in told
    assert "1 to 100 of 1,200" in words(client.get(address(profile.api_id)))


def test_a_chosen_operation_fills_the_form_and_says_what_it_needs(boss, owner, profile):
    api_operations.import_text(boss, profile.api_id, ORDERS)
    answer = signed_in(owner).get(f"/profiles/{profile.id}/", {"operation": "POST /orders"})
    page, told = html.unescape(answer.content.decode()), words(answer)
    assert 'name="path" value="/orders"' in page
    assert 'name="header.X-Trace" value="abc"' in page and "X-Trace header, required" in told
    assert '<option value="json" selected' in page
    assert '"country": "NO"' in page
    assert "This operation needs the scopes Orders.Write and Orders.Read." in told
    answer = signed_in(owner).get(f"/profiles/{profile.id}/", {"operation": "GET /orders/{id}"})
    page = answer.content.decode()
    assert 'name="path" value="/orders/{id}"' in page
    assert re.search(r'name="path.id" value=""[^>]* placeholder="A 1042"[^>]* aria-required="true"', page)
    assert "id path, required string ; for example A 1042" in words(answer)
    assert signed_in(owner).get(f"/profiles/{profile.id}/", {"operation": "GET /nowhere"}).status_code == 200


def test_with_a_token_both_sides_are_told_before_sending(boss, owner, profile):
    api_operations.import_text(boss, profile.api_id, ORDERS.replace("Orders.Write", "Orders.Delete"))
    client = signed_in(owner)
    client.post(f"/profiles/{profile.id}/token/")
    told = words(client.get(f"/profiles/{profile.id}/", {"operation": "POST /orders"}))
    assert "needs the scopes Orders.Delete and Orders.Read; your token has Orders.Read and Orders.Write." in told
    assert "Ask for a token with Orders.Delete, or have it granted to the application; then send." in told
    told = words(client.get(f"/profiles/{profile.id}/", {"operation": "GET /orders"}))
    assert "This operation needs the scope Orders.Read; your token has it." in told


def test_a_path_with_an_open_part_is_not_sent(boss, owner, profile):
    answer = signed_in(owner).post(f"/profiles/{profile.id}/call/", {"method": "GET", "path": "/orders/{id}"})
    assert answer.status_code == 422
    assert "The path still holds {id}. Put a value there" in words(answer)
    api_operations.import_text(boss, profile.api_id, ORDERS)
    answer = signed_in(owner).post(f"/profiles/{profile.id}/call/", {"method": "GET", "path": "/orders/{id}"})
    assert re.search(r'name="path.id" value=""[^>]* aria-invalid="true"', answer.content.decode())


def test_a_forgotten_document_leaves_no_operations(boss, profile):
    api_operations.import_text(boss, profile.api_id, ORDERS)
    answer = signed_in(boss).post(f"{address(profile.api_id)}remove/", follow=True)
    assert "The document and its operations are forgotten." in words(answer)
    assert api_operations.counted(boss, profile.api_id) is None


TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJjYW5hcnktc3ViamVjdCJ9.c2lnbmF0dXJlLWNhbmFyeQ"


@pytest.mark.parametrize("name", ["q", "tag", "profile", "from"])
def test_what_is_pasted_into_the_address_by_mistake_stands_in_no_link(boss, profile, name):
    api_operations.import_text(boss, profile.api_id, ORDERS)
    answer = signed_in(boss).get(address(profile.api_id), {"q": "orders", name: TOKEN})
    assert TOKEN not in html.unescape(answer.content.decode())
    assert answer.status_code == (200 if name == "from" else 422)


def test_a_filter_that_fits_nothing_known_is_told_and_kept_in_no_link(boss, profile):
    api_operations.import_text(boss, profile.api_id, ORDERS)
    other = "00000000-0000-4000-8000-00000000c0de"
    answer = signed_in(boss).get(address(profile.api_id), {"tag": "canary-tag", "profile": other})
    page = answer.content.decode()
    assert "canary-tag" not in page and other not in page
    assert "Nothing that you can see has this tag." in words(answer)


def test_the_filter_stays_in_the_links_of_the_page(boss, owner, profile):
    api_operations.import_text(boss, profile.api_id, ORDERS)
    page = html.unescape(signed_in(owner).get(address(profile.api_id), {"q": "get", "tag": ""}).content.decode())
    assert 'href="?q=get&tag=Orders"' in page and 'href="?q=get&tag="' in page and 'href="?q=get"' in page


def test_nothing_that_a_database_does_not_take_reaches_it(boss, owner, profile):
    api_operations.import_text(boss, profile.api_id, ORDERS)
    client, page = signed_in(owner), f"/profiles/{profile.id}/"
    for name in ("q", "tag", "profile"):
        assert client.get(address(profile.api_id), {name: "a\0b"}).status_code == 422
    assert client.get(page, {"operation": "GET /a\0b"}).status_code == 200
    assert client.post(f"{page}call/", {"method": "G\0T", "path": "/orders"}).status_code == 422
    assert api_operations.of_call(owner, profile.api_id, "G\0T", "/orders") is None
