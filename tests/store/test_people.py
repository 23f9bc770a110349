"""Accounts, roles and links that sign one person in once."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from console.core.actor import Role
from console.core.credential import Secret
from console.core.errors import NotFound
from console.models import Person, SignInLink
from console.store import people
from tests.store import builders
from tests.store.builders import NOW

pytestmark = pytest.mark.django_db
TOKEN = Secret("a-token")


def test_nobody_signed_in_is_no_actor_and_never_the_system():
    assert people.actor_of(AnonymousUser()) is None


def test_a_person_is_found_whatever_the_case_of_the_address_and_only_once():
    made = people.create_person(
        " Ada@Example.ORG ", display_name="Ada", roles=[Role.ADMIN], password=Secret("pw"), now=NOW
    )
    assert people.find("ADA@example.org") == made
    assert made.roles == {Role.ADMIN}
    with pytest.raises(IntegrityError), transaction.atomic():
        Person.objects.create(email="ADA@example.org", created_at=NOW)
    assert Person.objects.get(pk=made.user_id).check_password("pw")


def test_roles_and_open_or_closed_are_replaced():
    ada = builders.person("ada", Role.ADMIN)
    assert people.set_roles(ada.email, [Role.SUPPORT]).roles == {Role.SUPPORT}
    assert people.change(ada.user_id, roles=[Role.INTEGRATOR], is_active=False).roles == {Role.INTEGRATOR}
    assert people.find(ada.email) is None
    assert people.actor_of(Person.objects.get(pk=ada.user_id)) is None
    assert [(record.email, record.is_active) for record in people.list_all()] == [(ada.email, False)]
    assert people.change(0, roles=[], is_active=True) is None
    assert people.set_roles("nobody@example.org", []) is None
    with pytest.raises(NotFound):
        people.get(0)


def test_a_link_signs_in_once_and_looking_uses_nothing_up():
    ada = builders.person("ada")
    people.create_link(ada, token=TOKEN, now=NOW, is_local=True)
    for _ in range(2):
        assert people.peek_link(TOKEN, now=NOW) == people.LinkRecord(ada.email, NOW + 600, True)
    assert people.consume_link(TOKEN, now=NOW).email == ada.email
    assert people.consume_link(TOKEN, now=NOW) is None
    assert people.peek_link(TOKEN, now=NOW) is None


@pytest.mark.parametrize(("later", "works"), [(599, True), (600, False), (601, False)])
def test_a_link_lives_ten_minutes(later, works):
    people.create_link(builders.person("ada"), token=TOKEN, now=NOW)
    assert (people.peek_link(TOKEN, now=NOW + later) is not None) is works
    assert (people.consume_link(TOKEN, now=NOW + later) is not None) is works


def test_a_link_of_a_closed_account_does_nothing():
    ada = builders.person("ada")
    people.create_link(ada, token=TOKEN, now=NOW)
    people.change(ada.user_id, roles=[], is_active=False)
    assert people.consume_link(TOKEN, now=NOW) is None


def test_the_token_of_a_link_is_not_in_the_database_and_old_links_go():
    people.create_link(builders.person("ada"), token=TOKEN, now=NOW)
    assert TOKEN.reveal() not in str(list(SignInLink.objects.values()))
    assert people.prune_links(now=NOW + 599) == 0
    assert people.prune_links(now=NOW + 600) == 1
