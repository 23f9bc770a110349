"""Each address has a line in the table, and does what its line says about strangers, roles and proofs."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from console.core.actor import Role
from console.models import Person
from tests.services.builders import person
from tests.web import url_table
from tests.web.people import owned, prove, signed_in
from tests.web.url_map import every_address
from tests.web.url_table import ADMIN, ALWAYS, NO, STRANGERS, TABLE, TO_SEND

__all__ = ["owned"]  # a fixture

pytestmark = pytest.mark.django_db
PROOF = "/accounts/reauthenticate/"
# These have nothing to prove for where there is nothing yet: no company sign-in, no such key, a password already there.
NOTHING_THERE = {"socialaccount_connections", "mfa_activate_totp", "account_set_password"}
NEEDS_A_REAL_KEY = {"mfa_reauthenticate_webauthn"}  # tests/browser/test_accounts.py has one


def listed(**values):
    """The addresses that have a line; one without fails the first test, and that is enough."""
    return [one for one in every_address(**values) if one.name in TABLE]


def asks_for_proof(answer):
    is_redirect = answer.headers.get("Location", "").startswith((PROOF, "/accounts/2fa/reauthenticate/"))
    return is_redirect or "Confirm that it is you" in answer.content.decode()


def test_every_address_of_the_console_has_a_line_in_the_table_and_no_line_is_left_over():
    assert {one.name for one in every_address()} == TABLE.keys()


def test_what_shows_or_changes_how_one_signs_in_is_audited_or_only_looks():
    silent = {name for name, line in TABLE.items() if line.proof != NO and not line.audited}
    assert silent == {"mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_edit_webauthn"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers_open_only_what_the_table_lists_for_them(owned, client, method):
    _, ids = owned
    for one in listed(**ids):
        answer = getattr(client, method)(one.path)
        is_sent_to_sign_in = answer.headers.get("Location", "").startswith("/accounts/login/?next=")
        assert is_sent_to_sign_in == (TABLE[one.name].who != STRANGERS), (one.name, answer.status_code)


@pytest.mark.parametrize("role", [Role.INTEGRATOR, Role.SUPPORT])
def test_what_is_for_administrators_is_not_there_for_others(role):
    client = signed_in(person("otto@example.com", role))
    for one in listed():
        if TABLE[one.name].who == ADMIN:
            assert {client.get(one.path).status_code, client.post(one.path).status_code} <= {404, 405}, one.name


def test_the_proof_is_asked_for_where_the_table_says_and_nowhere_else(owned):
    actor, ids = owned
    row = Person.objects.get(pk=actor.user_id)
    row.roles = " ".join(role.value for role in Role)
    row.save()
    TOTP.activate(row, generate_totp_secret())
    RecoveryCodes.activate(row)
    key = Authenticator.objects.create(
        user=row, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": {}}
    )
    addresses = listed(**{**ids, "pk": str(key.pk)})
    for one in sorted(addresses, key=lambda one: TABLE[one.name].proof == NO):  # those delete what they are about
        if one.name in NOTHING_THERE | NEEDS_A_REAL_KEY or one.name == "account_logout":
            continue
        line = TABLE[one.name]
        client = signed_in(actor, raise_request_exception=False)
        assert asks_for_proof(client.get(one.path)) == (line.proof == ALWAYS or _is_a_proof(one.name)), one.name
        sent = client.post(one.path)
        assert asks_for_proof(sent) == (line.proof != NO or _is_a_proof(one.name)) or sent.status_code == 405, one.name


def _is_a_proof(name):
    """The pages of the proof itself say the same."""
    return name in url_table.PROOFS and name != "company-proof"


def test_after_the_proof_it_is_not_asked_for_again_for_a_quarter_of_an_hour(time_machine):
    time_machine.move_to("2026-11-28T10:00:00Z", tick=False)
    client = prove(signed_in(person()))
    time_machine.move_to("2026-11-28T10:14:59Z", tick=False)
    assert client.get("/accounts/password/change/").status_code == 200
    time_machine.move_to("2026-11-28T10:15:00Z", tick=False)
    assert asks_for_proof(client.get("/accounts/password/change/"))


def test_a_proof_asked_for_keeps_nothing_of_what_was_sent_in_the_session():
    client = signed_in(person())
    secret = "a new password of some length"
    client.post("/accounts/password/change/", {"password1": secret, "password2": secret})
    assert secret not in str(dict(client.session.items()))


def test_to_send_means_that_looking_needs_no_proof():
    boss = signed_in(person("ada@example.com", Role.ADMIN))
    assert boss.get("/people/").status_code == 200
    assert {name for name, line in TABLE.items() if line.proof == TO_SEND} >= {"people", "profile-token-reveal"}
