"""APIs are found by who may view them, published ones by everybody."""

import pytest

from console.core.actor import Role
from console.services.finder.apis import FINDER
from tests.services.finder.looking import hits, names
from tests.store import builders

pytestmark = pytest.mark.django_db


def test_one_is_found_by_its_name_and_its_address_once_it_may_be_seen():
    owner, other, admin = (builders.person("owner"), builders.person("other"), builders.person("admin", Role.ADMIN))
    api = builders.api(owner)
    assert names(FINDER, owner, "orders") == names(FINDER, admin, "api.example/ord") == ["Orders"]
    assert names(FINDER, other, "orders") == []
    builders.publish(admin, api.id)
    (hit,) = hits(FINDER, other, "https://api.example/orders")
    assert (hit.name, hit.about, hit.key) == ("Orders", "https://api.example/orders", (api.id,))
