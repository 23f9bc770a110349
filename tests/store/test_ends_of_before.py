"""Ends that were in the facts of credentials alone are found again: a key's as it was typed, a certificate's own."""

import importlib

import pytest
from django.apps import apps

from console.adapters import clock
from console.core.credential import Secret
from console.core.ending import DAY_S
from console.models import StoredCredential
from console.services import client_keys, endings, profiles
from tests.services.builders import person
from tests.services.test_profiles import draft

pytestmark = pytest.mark.django_db
migration = importlib.import_module("console.migrations.0026_what_ends")


def test_what_was_known_is_known():
    actor, end = person(), clock.now() + 90 * DAY_S
    for name in ("certificate", "key", "key without date", "secret", "assertion"):
        made = profiles.create(actor, draft(name=name))
        if name == "certificate":
            profiles.make_certificate(actor, made.id, days=90)
        elif name.startswith("key"):
            client_keys.make_key(actor, made.id, alg="ES256", ends_at=end if name == "key" else None)
        elif name == "secret":
            profiles.replace_secret(actor, made.id, Secret("s8~value"))
        else:
            client_keys.keep_assertion(actor, made.id, Secret("eyJhbGciOiJub25lIn0.eyJleHAiOjE5MDAwMDAwMDB9."))
    before = list(StoredCredential.objects.order_by("pk").values_list("kind", "ends_at", "dated_at"))
    seen = endings.of_actor(actor)
    StoredCredential.objects.update(ends_at=None, dated_at=None)
    migration.take_over(apps, None)
    assert list(StoredCredential.objects.order_by("pk").values_list("kind", "ends_at", "dated_at")) == before
    assert endings.of_actor(actor) == seen
    assert [(kind, ends_at is not None) for kind, ends_at, _ in before] == [
        ("certificate", True),
        ("key", True),
        ("key", False),
        ("secret", False),
        ("assertion", True),
    ]


@pytest.mark.parametrize("facts", ["", "[]", "null", '{"not_after": "soon"}', '{"not_after": 1e400}', "{"])
def test_facts_that_tell_nothing_stay_as_they_are(facts):
    actor = person()
    made = profiles.create(actor, draft())
    profiles.make_certificate(actor, made.id, days=90)
    StoredCredential.objects.update(facts=facts, ends_at=None)
    migration.take_over(apps, None)
    assert list(StoredCredential.objects.values_list("facts", "ends_at")) == [(facts, None)]
