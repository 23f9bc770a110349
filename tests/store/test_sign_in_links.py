"""Links that sign one person in once, and end with everything that changes who may come in."""

import base64
import hashlib

import pytest

from console.core.credential import Secret
from console.models import SignInLink
from console.store import people, sign_in_links
from tests.store import builders
from tests.store.builders import NOW

pytestmark = pytest.mark.django_db
TOKEN = Secret("a-token")


def test_a_link_signs_in_once_and_looking_uses_nothing_up():
    ada = builders.person("ada")
    sign_in_links.create(ada, token=TOKEN, now=NOW, is_local=True)
    for _ in range(2):
        assert sign_in_links.peek(TOKEN, now=NOW) == sign_in_links.LinkRecord(ada.email, NOW + 600, True)
    assert sign_in_links.consume(TOKEN, now=NOW).email == ada.email
    assert sign_in_links.consume(TOKEN, now=NOW) is None
    assert sign_in_links.peek(TOKEN, now=NOW) is None


@pytest.mark.parametrize(("later", "works"), [(599, True), (600, False), (601, False)])
def test_a_link_lives_ten_minutes(later, works):
    sign_in_links.create(builders.person("ada"), token=TOKEN, now=NOW)
    assert (sign_in_links.peek(TOKEN, now=NOW + later) is not None) is works
    assert (sign_in_links.consume(TOKEN, now=NOW + later) is not None) is works


def test_a_link_of_a_closed_account_does_nothing():
    ada = builders.person("ada")
    sign_in_links.create(ada, token=TOKEN, now=NOW)
    people.change(ada.user_id, roles=[], is_active=False)
    assert sign_in_links.consume(TOKEN, now=NOW) is None


def test_the_token_of_a_link_is_not_in_the_database_and_old_links_go():
    sign_in_links.create(builders.person("ada"), token=TOKEN, now=NOW)
    assert TOKEN.reveal() not in str(list(SignInLink.objects.values()))
    assert sign_in_links.prune(now=NOW + 599, recoveries_before=NOW) == 0
    assert sign_in_links.prune(now=NOW + 600, recoveries_before=NOW) == 1


def test_a_recovery_link_is_remembered_until_its_person_was_told():
    ada = builders.person("ada")
    sign_in_links.create(ada, token=TOKEN, now=NOW, recovery_by="boss@example.org")
    sign_in_links.consume(TOKEN, now=NOW)
    assert sign_in_links.prune(now=NOW + 600, recoveries_before=NOW) == 0
    assert sign_in_links.last_recovery(ada.user_id, since=NOW) == sign_in_links.Recovery("boss@example.org", NOW)
    assert sign_in_links.last_recovery(ada.user_id, since=NOW + 1) is None
    assert sign_in_links.prune(now=NOW + 600, recoveries_before=NOW + 1) == 1


def test_a_new_link_and_a_used_one_end_all_others_of_that_person():
    ada, otto = builders.person("ada"), builders.person("otto")
    sign_in_links.create(ada, token=Secret("first"), now=NOW)
    sign_in_links.create(otto, token=Secret("other"), now=NOW)
    sign_in_links.create(ada, token=TOKEN, now=NOW)
    assert sign_in_links.peek(Secret("first"), now=NOW) is None
    assert sign_in_links.peek(Secret("other"), now=NOW) is not None
    assert sign_in_links.end(ada.user_id, now=NOW) == 1
    assert sign_in_links.consume(TOKEN, now=NOW) is None


@pytest.mark.parametrize("key_id", ["", "k1.", "k0."])
def test_who_writes_the_database_without_the_key_ring_cannot_make_a_link(key_id):
    ada = builders.person("ada")
    forged = key_id + hashlib.sha256(TOKEN.reveal().encode()).hexdigest()
    SignInLink.objects.create(token_hash=forged, person_id=ada.user_id, expires_at=NOW + 600)
    assert sign_in_links.peek(TOKEN, now=NOW) is None
    assert sign_in_links.consume(TOKEN, now=NOW) is None


def test_a_link_from_before_a_rotation_still_works_while_its_key_is_in_the_ring(settings):
    sign_in_links.create(builders.person("ada"), token=TOKEN, now=NOW)
    old, new = settings.CONSOLE_SECRET_KEYS, f"k2:{base64.b64encode(b'2' * 32).decode()}"
    settings.CONSOLE_SECRET_KEYS = f"{new},{old}"
    assert sign_in_links.peek(TOKEN, now=NOW) is not None
    settings.CONSOLE_SECRET_KEYS = new
    assert sign_in_links.peek(TOKEN, now=NOW) is None
