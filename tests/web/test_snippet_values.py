"""A hidden value of a copied call is put into its text one at a time: by right, after a proof, and audited."""

import re
from dataclasses import replace
from html import unescape

import pytest

from console.core.access import SharedWith
from console.core.audit.actions import Action
from console.core.call import ApiCall
from console.models import AuditEntry
from console.services import calls, opening, profiles, sharing, tokens
from tests.services.builders import person, with_samples
from tests.services.outside import outside_api
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db
NAME = "Sample: orders with a secret"
TYPED = "a-typed-secret-4711"


@pytest.fixture
def sent():
    """(its owner, the profile, the copy page of a call with token and key)."""
    owner = with_samples()
    profile = next(one for one in profiles.list_profiles(owner) if one.name == NAME)
    attempt = calls.send(owner, profile.id, ApiCall("GET", "/orders", headers=(("X-Api-Key", TYPED),))).attempt_id
    return owner, profile, f"/calls/{attempt}/copy/"


def kept(owner, profile):
    opened = opening.of_profile(owner, "use", profile.id)
    return tokens.stored(opened).access_token.reveal(), profiles.subscription_key_for(opened).reveal()


def text_of(answer):
    return unescape(re.search(r'<textarea[^>]*id="snippet-text"[^>]*>(.*?)</textarea>', answer.text, re.DOTALL)[1])


def told():
    return list(AuditEntry.objects.order_by("id").values_list("action", flat=True))


def test_one_value_is_shown_after_a_proof_and_the_others_stay_hidden_until_they_are_asked_for(sent):
    owner, profile, page = sent
    token, key = kept(owner, profile)
    client = signed_in(owner)
    assert 'id="show-access-token"' in client.get(page).text and 'id="show-subscription-key"' in client.get(page).text
    form = {"language": "python", "token_from": "placeholder", "shown": "access-token"}
    asked = client.post(f"{page}shown/", form)
    assert token not in asked.text and Action.TOKEN_REVEALED not in told()  # who they are is asked first
    answer = prove(client).post(f"{page}shown/", form)
    assert f"'Authorization': 'Bearer {token}'," in text_of(answer)
    assert key not in answer.text and TYPED not in answer.text
    assert "The text holds the stored token; 2 more are hidden." in answer.text
    assert 'id="show-access-token"' not in answer.text and 'id="save-snippet"' not in answer.text
    assert told().count(Action.TOKEN_REVEALED) == 1 and Action.SUBSCRIPTION_KEY_REVEALED not in told()
    assert "no-store" in answer.headers["Cache-Control"]
    assert token not in client.get(page + "?language=python").text
    for language in ("curl-bash", "csharp", "bruno"):
        answer = client.post(f"{page}shown/", {"language": language, "shown": ["access-token", "subscription-key"]})
        assert token in text_of(answer) and key in text_of(answer) and TYPED not in answer.text
        assert "The text holds the stored token and the stored subscription key; 1 more value is hidden." in answer.text
    assert told().count(Action.SUBSCRIPTION_KEY_REVEALED) == 3


def test_who_may_not_see_the_token_whole_is_not_shown_it(sent):
    owner, profile, _ = sent
    guest = person("guest@example.com")
    client = prove(signed_in(guest))
    for reveals in (True, False):
        sharing.give(owner, "profile", profile.id, SharedWith(guest.user_id), right="use", reveals_token=reveals)
        page = f"/calls/{calls.send(guest, profile.id, ApiCall('GET', '/orders')).attempt_id}/copy/"
        assert ('id="show-access-token"' in client.get(page).text) is reveals
        answer = client.post(f"{page}shown/", {"language": "python", "shown": "access-token"})
        assert (answer.status_code, kept(owner, profile)[0] in answer.text) == (200 if reveals else 403, reveals)


def test_nothing_of_today_is_put_beside_an_address_that_the_api_had_before(sent):
    owner, profile, page = sent
    before = kept(owner, profile)
    elsewhere = outside_api(owner, "https://new.example/api")
    draft = replace(profiles.draft_of(profile), api_id=elsewhere.id)
    profiles.update(owner, profile.id, draft, expected_version=profile.version)
    form = {"language": "python", "shown": ["access-token", "subscription-key"]}
    client = prove(signed_in(owner))
    told = client.post(f"{page}shown/", form).text + client.get(page).text
    assert "show-access-token" not in told and "show-subscription-key" not in told
    assert not [one for one in before if one in told]


def test_a_record_an_own_request_for_the_token_and_what_is_gone_show_nothing(sent):
    owner, profile, page = sent
    client = prove(signed_in(owner))
    har = client.post(f"{page}shown/", {"language": "har", "shown": "access-token"}).text
    own = client.post(f"{page}shown/", {"language": "python", "token_from": "secret", "shown": "access-token"}).text
    assert not any(one in har + own for one in kept(owner, profile)) and "The text holds" not in har + own
    assert "client_credential=os.environ" in unescape(own) and Action.TOKEN_REVEALED not in told()
    assert client.post(f"{page}shown/", {"language": "python", "shown": "x"}).status_code == 422
    assert 'id="show-access-token"' not in client.get(f"{page}?language=har").text
    by_secret = client.get(f"{page}?language=python&token_from=secret").text
    assert 'id="show-access-token"' not in by_secret and 'id="show-subscription-key"' in by_secret
    profiles.replace_subscription_key(owner, profile.id, None)
    assert 'id="show-subscription-key"' not in client.get(page).text
    assert client.get(f"{page}shown/").headers["Location"] == page  # as it comes back from the proof
