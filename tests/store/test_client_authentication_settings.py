"""How assertions were signed moved into the settings: old profiles sign as before, and their credentials open."""

import pytest
from django.db import connection

from console.core.oauth import client_assertion
from console.services import opening, profiles, token_credentials
from console.store import credentials
from tests.services.builders import person
from tests.services.test_profiles import draft
from tests.store import steps

OLD = "0017_sharing_of_cases_and_company_groups"
# assertion_style and sends_chain as they were, and the header that followed from them
BEFORE = {
    "plain": ("PS256", False, ("PS256", ["x5t#S256"])),
    "chained": ("PS256", True, ("PS256", ["x5c", "x5t#S256"])),
    "older": ("RS256", False, ("RS256", ["x5t"])),
    "older, chained": ("RS256", True, ("RS256", ["x5c", "x5t"])),
}


def columns_of_old():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, assertion_style, sends_chain FROM console_profile")
        return {name: (style, bool(chain)) for name, style, chain in cursor.fetchall()}


def header_of(actor, profile):
    opened = opening.of_profile(actor, "use", profile.id)
    certificate = token_credentials.usable(opened, is_needed=True)
    header = client_assertion.header(certificate, token_credentials.style_of(opened.profile, certificate))
    return header["alg"], sorted(header.keys() - {"alg", "typ"})


@pytest.mark.django_db(transaction=True)
def test_old_profiles_sign_as_they_did():
    actor = person()
    for name in BEFORE:
        profiles.make_certificate(actor, profiles.create(actor, draft(name=name)).id, days=30)
    steps.migrate_to(OLD)
    with connection.cursor() as cursor:
        for name, (style, chain, _) in BEFORE.items():
            cursor.execute(
                "UPDATE console_profile SET assertion_style = %s, sends_chain = %s WHERE name = %s",
                [style, chain, name],
            )
    steps.migrate_to_newest()
    for profile in profiles.list_profiles(actor):
        assert header_of(actor, profile) == BEFORE[profile.name][2]
        assert profile.credential.certificate == credentials.load(actor, profile.id).facts
        saved, notes = profiles.update(actor, profile.id, profiles.draft_of(profile), expected_version=profile.version)
        assert (saved.settings, notes) == (profile.settings, [])

    steps.migrate_to(OLD)
    assert columns_of_old() == {name: (style, chain) for name, (style, chain, _) in BEFORE.items()}
    steps.migrate_to_newest()
    assert {one.name: header_of(actor, one) for one in profiles.list_profiles(actor)} == {
        name: header for name, (_, _, header) in BEFORE.items()
    }
