"""What stands where an address or a form has a number: "²" is a digit and no number, and 5,000 digits are none."""

import pytest

from console.core.actor import Role
from console.services import groups, profiles
from tests.services.builders import person, with_samples
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db
ODD = pytest.mark.parametrize("text", ["²", "٣", "4²1", "9" * 5000, "-1"], ids=lambda text: f"{text[:4]!r}")


@ODD
def test_an_address_with_an_odd_number_is_answered(text):
    actor = with_samples()
    api_id = profiles.list_profiles(actor)[0].api_id
    client = signed_in(actor)
    for path, name in (("/calls/", "status"), ("/calls/", "person"), (f"/apis/{api_id}/operations/", "from")):
        assert client.get(path, {name: text}).status_code < 500


@ODD
def test_what_an_administrator_sends_with_an_odd_number_is_answered(text):
    boss = person("boss@example.com", Role.ADMIN)
    group_id = groups.make(boss, "Team").id
    client = prove(signed_in(boss))
    assert client.get("/people/audit/", {"before": text, "after": text}).status_code == 200
    assert client.post(f"/people/groups/{group_id}/members/", {"out": text}).status_code == 422
