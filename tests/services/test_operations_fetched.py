"""An OpenAPI document that the console fetches: from an address that is let out, with its redirects and its size."""

import contextlib
import json
import re

import pytest

from console.core.api import Api
from console.core.audit.actions import Action
from console.core.errors import Unavailable
from console.core.openapi import model
from console.models import ApiOperation, AuditEntry, ImportedDocument
from console.services import api_operations, apis, document_reading, wiring
from tests.far_sides import Quiet, _Server, allow
from tests.services.builders import person

pytestmark = pytest.mark.django_db

PATHS = {"/orders": {"get": {"summary": "List"}}}
DOCUMENT = {"openapi": "3.1.0", "servers": [{"url": ""}, {"url": "v2"}], "paths": PATHS}


class _Documents(Quiet):
    """`answers` of the server maps a path to (status, headers, body)."""

    def do_GET(self):  # noqa: N802 (the standard library’s name)
        self.server.seen.append({"path": self.path, "headers": dict(self.headers)})
        status, headers, body = self.server.answers.get(self.path.partition("?")[0], (404, {}, b""))
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)


@pytest.fixture
def documents(settings):
    server = _Server(_Documents)
    server.answers = {"/openapi.json": (200, {}, json.dumps(DOCUMENT).encode())}
    with server:
        allow(settings, server)
        yield server
    wiring.egress_policy.cache_clear()


@pytest.fixture
def owner(documents):
    return person()


@pytest.fixture
def api(owner):
    return apis.create(owner, Api(id="", owner_id=0, name="Orders", base_url="https://api.example/orders"))


def why(owner, api, url):
    with pytest.raises(Unavailable) as refusal:
        api_operations.import_address(owner, api.id, url)
    assert not ApiOperation.objects.exists()
    return refusal.value.why


def test_a_document_is_fetched_once_without_credential_and_kept(documents, owner, api):
    imported = api_operations.import_address(owner, api.id, f"{documents.url}/openapi.json")
    assert [one.key for one in imported.read.operations] == ["GET /orders"]
    (asked,) = documents.seen
    assert not {"authorization", "cookie", "ocp-apim-subscription-key"} & {name.lower() for name in asked["headers"]}
    kept = api_operations.open_operations(owner, api.id).document
    assert kept.source == f"{documents.url}/openapi.json"
    assert kept.facts.servers[1] == f"{documents.url}/v2"


def test_no_secret_of_the_address_is_kept_or_told(documents, owner, api):
    address = f"{documents.url}/openapi.json?sig=canary-1&code=canary-2"
    api_operations.import_address(owner, api.id, address)
    row, entry = ImportedDocument.objects.get(), AuditEntry.objects.order_by("-pk").first()
    assert entry.action == Action.OPERATIONS_IMPORTED
    assert "canary" not in f"{row.facts}{row.source}{entry.detail}"


def test_a_redirect_is_not_followed_and_its_status_is_told(documents, owner, api):
    for target in ("/openapi.json", "http://169.254.169.254/latest"):
        documents.answers["/moved"] = (302, {"Location": target}, b"")
        assert why(owner, api, f"{documents.url}/moved")
    assert [one["path"] for one in documents.seen] == ["/moved", "/moved"]


@pytest.mark.parametrize("status", [401, 404, 500])
def test_an_answer_without_a_document_is_told_by_its_status(documents, owner, api, status):
    documents.answers["/x"] = (status, {}, json.dumps(DOCUMENT).encode())
    assert str(status) in why(owner, api, f"{documents.url}/x")


def test_a_document_that_is_too_large_is_never_kept_in_part(documents, owner, api, monkeypatch):
    monkeypatch.setattr(document_reading, "MAX_BYTES", 1_000)
    assert model.MAX_BYTES > 1_000
    paths = {f"/orders{number}": {"get": {}} for number in range(100)}
    documents.answers["/large"] = (200, {}, json.dumps({"openapi": "3.1.0", "paths": paths}).encode())
    told = why(owner, api, f"{documents.url}/large")
    assert re.search("larger|too large|bytes|MB", told)
