"""Accounts and their roles."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from console.core.actor import Role
from console.core.credential import Secret
from console.core.errors import NotFound, Stale
from console.models import Person
from console.store import people
from tests.store import builders
from tests.store.builders import NOW

pytestmark = pytest.mark.django_db


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
    assert people.change(ada.user_id, roles=[Role.INTEGRATOR], is_active=False).roles == {Role.INTEGRATOR}
    assert people.find(ada.email) is None
    assert people.actor_of(Person.objects.get(pk=ada.user_id)) is None
    assert [(record.email, record.is_active) for record in people.list_all()] == [(ada.email, False)]
    assert people.change(0, roles=[], is_active=True) is None
    with pytest.raises(NotFound):
        people.get(0)


def test_another_address_is_the_one_to_sign_in_with_and_nobody_elses():
    ada, otto = builders.person("ada"), builders.person("otto")
    assert people.change_address(ada.user_id, " New@Example.ORG ").email == "new@example.org"
    assert list(EmailAddress.objects.filter(user_id=ada.user_id).values_list("email", "primary", "verified")) == [
        ("new@example.org", True, True)
    ]
    with pytest.raises(Stale):
        people.change_address(otto.user_id, "NEW@example.org")
    with pytest.raises(NotFound):
        people.change_address(0, "nobody@example.org")
    assert people.find(otto.email) == otto


def test_a_closed_account_is_found_only_by_who_asks_for_closed_ones():
    ada = builders.person("ada")
    assert people.closed("ADA@example.org") is None
    people.change(ada.user_id, roles=ada.roles, is_active=False)
    assert people.closed("ADA@example.org") == ada.user_id
