"""Operations are found by who may view their API, by method, path and words of what the document says."""

from pathlib import Path
from urllib.parse import parse_qs

import pytest

from console.core.actor import Role
from console.services import api_operations
from console.services.finder import find
from console.services.finder.operations import FINDER
from console.store import finds
from console.web.present.finder import found_things
from tests.services.finder.looking import hits, names
from tests.store import builders

pytestmark = pytest.mark.django_db
ORDERS = (Path(__file__).parents[2] / "vectors" / "openapi" / "orders-3.1.yaml").read_text("utf-8")


@pytest.fixture
def owner():
    return builders.person("owner")


@pytest.fixture
def api(owner):
    made = builders.api(owner)
    api_operations.import_text(owner, made.id, ORDERS)
    return made


def test_one_is_found_by_its_path_its_key_and_words_once_its_api_may_be_seen(owner, api):
    other, admin = builders.person("other"), builders.person("admin", Role.ADMIN)
    assert names(FINDER, owner, "post /orders")[0] == names(FINDER, admin, "make an order")[0] == "POST /orders"
    assert "GET /orders" in names(FINDER, owner, "/orders")
    assert names(FINDER, other, "/orders") == []
    assert names(FINDER, owner, "zebra") == names(FINDER, owner, "/orders\0") == []


def test_it_opens_the_list_of_its_api_narrowed_to_it(owner, api):
    (hit, *_) = hits(FINDER, owner, "POST /orders")
    assert (hit.opens, hit.key, hit.about) == ("api-operations", (api.id,), "Orders")
    kinds = found_things(find(owner, "POST /orders"), "POST /orders", 0)["kinds"]
    url = next(kind for kind in kinds if kind["code"] == "operation")["rows"][0]["url"]
    assert parse_qs(url.partition("?")[2]) == {"q": ["POST /orders"]}
    found = api_operations.open_operations(owner, api.id, words="POST /orders").found
    assert [one.key for one in found.operations] == ["POST /orders"]


def test_only_so_many_are_looked_through(owner, api, monkeypatch):
    monkeypatch.setattr(finds, "LOOKED_THROUGH", 1)
    assert len(names(FINDER, owner, "/")) == 1
