"""Inspecting for a person: the Api's demands and stored keys, nothing fetched, nothing of a stranger's."""

import json

import pytest

from console.core.errors import NotFound
from console.services import inspection
from console.services.judging import WantedDemands
from console.web.present.inspection import MAX_SHOWN, inspection_view
from tests.core.tokens.wire import compact
from tests.store import builders

pytestmark = pytest.mark.django_db
TOKEN = compact({"sub": "a", "aud": "api://other"})


def test_a_token_is_decoded_without_an_api():
    found = inspection.inspect(builders.person("owner"), TOKEN)
    assert [item.token.claims["sub"] for item in found.items] == ["a"]
    assert (found.api, found.exchanges, found.items[0].signature.state) == (None, (), "not_checked")


def test_an_api_judges_the_token_by_its_demands():
    owner = builders.person("owner")
    found = inspection.inspect(owner, TOKEN, wanted=WantedDemands(api_id=builders.api(owner).id))
    audience = next(finding for finding in found.items[0].findings if finding.check == "audience")
    assert (audience.status, audience.expected) == ("fail", ["api://orders"])


def test_the_api_of_a_stranger_is_not_found():
    api = builders.api(builders.person("owner"))
    with pytest.raises(NotFound):
        inspection.inspect(builders.person("stranger"), TOKEN, wanted=WantedDemands(api_id=api.id))


def test_the_page_shows_the_tokens_and_the_failed_exchanges_of_a_paste():
    paste = f"> GET /x HTTP/1.1\n> Host: a.example\n> Authorization: Bearer {TOKEN}\n>\n< HTTP/1.1 401 No\n<\n"
    view = inspection_view(inspection.inspect(builders.person("owner"), paste))
    assert (view["kind"], view["title"]) == ("http_message", "HTTP exchange")
    assert [item["label"] for item in view["items"]] == ["header Authorization"]
    assert [item["title"] for item in view["exchanges"]] == ["GET https://a.example/x answered 401: not authorized."]


def test_an_error_alone_is_shown_as_an_exchange_with_its_cause():
    view = inspection_view(inspection.inspect(builders.person("owner"), "AADSTS7000215: Invalid client secret"))
    assert view["items"] == []
    assert view["exchanges"][0]["diagnosis"]["primary"]["slug"] == "client-secret-invalid"


def test_a_page_shows_the_first_of_many_and_says_so():
    texts = "\n".join(compact({"sub": str(number)}) for number in range(MAX_SHOWN + 1))
    view = inspection_view(inspection.inspect(builders.person("owner"), texts))
    assert len(view["items"]) == MAX_SHOWN
    assert view["notes"][-1] == f"Only the first {MAX_SHOWN} of {MAX_SHOWN + 1} tokens are shown here."


def test_a_secret_is_a_warning_and_nothing_else():
    view = inspection_view(inspection.inspect(builders.person("owner"), "abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789_.-"))
    assert (view["is_sensitive"], view["notes"], view["items"], view["exchanges"]) == (True, (), [], [])
    assert "abc8Q~" not in json.dumps(view["warnings"])
