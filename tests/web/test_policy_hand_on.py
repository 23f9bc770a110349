"""A refusal of a policy that was tried becomes a case or a text for a ticket, when somebody asks for it."""

import html
import re

import pytest

from console.core.actor import Role
from console.models import Case
from tests.core.tokens.wire import compact
from tests.services.builders import person
from tests.web.people import signed_in

pytestmark = pytest.mark.django_db
TENANT = "11111111-2222-4333-8444-555555555555"
POLICY = (
    '<policies><inbound><base /><validate-jwt header-name="Authorization"><openid-config '
    f'url="https://login.microsoftonline.com/{TENANT}/v2.0/.well-known/openid-configuration" />'
    "<audiences><audience>api://orders</audience></audiences></validate-jwt></inbound></policies>"
)
TOKEN = compact({"aud": "api://other", "exp": 4_000_000_000, "sub": "kari@example.com"})


@pytest.fixture
def visitor():
    return signed_in(person("sam@example.com", Role.SUPPORT))


def tried(visitor, policy=POLICY, **fields):
    return visitor.post("/policies/", {"policy": policy, "token": TOKEN, "token_from": "", **fields}).content.decode()


def test_only_a_refusal_can_be_handed_on_and_only_when_asked_for(visitor):
    page = tried(visitor)
    assert 'id="hand-on-policy"' in page and "case-of-policy" not in page
    assert "hand-on-policy" not in tried(visitor, "<policies><inbound><base /></inbound></policies>")


def test_it_becomes_a_case_without_the_token(visitor):
    page = tried(visitor, do="hand-on")
    hidden = re.findall(r'<input type="hidden" form="hand-on-form" name="(\w+)" value="(.*?)">', page, re.DOTALL)
    fields = {name: html.unescape(value) for name, value in hidden}
    assert TOKEN.split(".")[2] not in fields["evidence"] and "api://other" in fields["evidence"]
    told = visitor.post("/cases/new/", {**fields, "make": "1"}, follow=True).content.decode()
    assert "audience-other-api" in told or "another API" in told
    assert "kari@example.com" not in Case.objects.get().evidence
