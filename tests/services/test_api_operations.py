"""Operations of an Api: imported, imported again, found, and used to judge a call."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from console.core.actor import Role
from console.core.api import Api
from console.core.audit.actions import Action
from console.core.call import ApiCall
from console.core.errors import NotFound, Unavailable
from console.models import AuditEntry
from console.services import api_operations, apis, calls, profiles
from tests.core.openapi.test_hostile import large
from tests.services.builders import person, with_samples

VECTORS = Path(__file__).parents[1] / "vectors" / "openapi"
ORDERS = (VECTORS / "orders-3.1.yaml").read_text("utf-8")

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return person()


@pytest.fixture
def api(owner):
    return apis.create(owner, Api(id="", owner_id=0, name="Orders", base_url="https://api.example/orders"))


def keys(actor, api_id, **asked):
    return [one.key for one in api_operations.open_operations(actor, api_id, **asked).found.operations]


def test_a_document_is_kept_as_operations_and_told_in_the_trail(owner, api):
    imported = api_operations.import_text(owner, api.id, ORDERS)
    assert (imported.is_kept, imported.changes) == (True, None)
    opened = api_operations.open_operations(owner, api.id)
    read = imported.read.operations
    assert opened.found.operations == tuple(
        replace(one, body=one.body and replace(one.body, schema="")) for one in read
    )
    with_schema = [one for one in read if one.body and one.body.schema]
    assert with_schema
    assert [api_operations.schema_of(owner, api.id, one) for one in with_schema] == [
        one.body.schema for one in with_schema
    ]
    assert opened.found.tags == (("Orders", 3), ("", 2))
    assert (opened.document.facts.title, opened.document.facts.operation_count) == ("Orders", 5)
    assert opened.document.source == ""
    last = AuditEntry.objects.order_by("-pk").first()
    assert (last.action, json.loads(last.object_id)) == (Action.OPERATIONS_IMPORTED, api.id)


def test_a_newer_document_says_what_it_added_removed_and_changed(owner, api):
    api_operations.import_text(owner, api.id, ORDERS)
    newer = ORDERS.replace("  /items/{id}:", "  /things/{id}:").replace("summary: List orders", "summary: All orders")
    changes = api_operations.import_text(owner, api.id, newer).changes
    assert (changes.added, changes.removed, changes.changed) == (
        ("GET /things/{id}",),
        ("GET /items/{id}",),
        ("GET /orders",),
    )
    assert api_operations.open_operations(owner, api.id).document.facts.changes == changes
    assert api_operations.import_text(owner, api.id, newer).changes.is_none


def test_a_document_without_operations_changes_nothing(owner, api):
    api_operations.import_text(owner, api.id, ORDERS)
    imported = api_operations.import_text(owner, api.id, "openapi: 3.0.0\npaths: {}\n")
    assert not imported.is_kept
    assert len(keys(owner, api.id)) == 5


def test_operations_are_found_by_words_and_by_tag(owner, api):
    api_operations.import_text(owner, api.id, ORDERS)
    assert keys(owner, api.id, words="LIST orders") == ["GET /orders"]
    assert keys(owner, api.id, words="delete") == ["DELETE /orders/{id}"]
    assert keys(owner, api.id, tag="") == ["DELETE /orders/{id}", "GET /items/{id}"]
    assert keys(owner, api.id, words="nothing like it") == []
    assert keys(owner, api.id, start=4) == ["GET /items/{id}"]


def test_a_call_is_the_operation_its_path_fits(owner, api):
    api_operations.import_text(owner, api.id, ORDERS)
    assert api_operations.of_call(owner, api.id, "GET", "/orders/7").key == "GET /orders/{id}"
    assert api_operations.of_call(owner, api.id, "PUT", "/orders/7") is None
    assert api_operations.chosen(owner, api.id, "POST /orders").summary == "Make an order"


def test_only_who_manages_the_api_imports_and_who_does_not_see_it_finds_nothing(owner, api):
    api_operations.import_text(owner, api.id, ORDERS)
    stranger = person("otto@example.com", Role.INTEGRATOR)
    for attempt in (
        lambda: api_operations.open_operations(stranger, api.id),
        lambda: api_operations.import_text(stranger, api.id, ORDERS),
        lambda: api_operations.import_file(stranger, api.id, b"", name="a"),
        lambda: api_operations.import_address(stranger, api.id, "https://api.example/openapi.json"),
        lambda: api_operations.remove(stranger, api.id),
    ):
        with pytest.raises(NotFound):
            attempt()
    assert api_operations.chosen(stranger, api.id, "GET /orders") is None
    assert api_operations.counted(stranger, api.id) is None


def test_what_may_not_be_fetched_is_refused_with_the_reason(owner, api):
    for url in ("http://127.0.0.1:1/openapi.json", "http://169.254.169.254/latest", "file:///etc/passwd", "no address"):
        with pytest.raises(Unavailable) as refusal:
            api_operations.import_address(owner, api.id, url)
        assert refusal.value.why and refusal.value.do


def test_a_large_document_is_kept_and_searched(owner, api):
    raw = json.dumps(large()).encode()
    assert api_operations.import_file(owner, api.id, raw, name="large.json").is_kept
    opened = api_operations.open_operations(owner, api.id, words="things1999")
    assert opened.found.count == 0
    assert api_operations.open_operations(owner, api.id).found.count == 2_000
    assert keys(owner, api.id, words="things999") == ["GET /things999/{id}", "POST /things999/{id}"]


def test_a_token_is_judged_by_what_the_called_operation_needs():
    owner = with_samples()
    profile = next(one for one in profiles.list_profiles(owner) if one.name == "Sample: orders with a secret")
    manager = person("boss@example.com", Role.ADMIN)
    document = "openapi: 3.0.0\npaths: {/orders: {get: {security: [{portal: [Orders.Delete]}]}}}\n"
    scheme = "components: {securitySchemes: {portal: {type: http, scheme: bearer}}}\n"
    api_operations.import_text(manager, profile.api_id, document + scheme)
    sent = calls.send(owner, profile.id, ApiCall("GET", "/orders"))
    assert sent.evidence.expectations.roles == ("Orders.Delete",)
    other = calls.send(owner, profile.id, ApiCall("GET", "/orders/7/lines"))
    assert other.evidence.expectations.roles != ("Orders.Delete",)
