"""Another database's key ring is told at once and on every page, changes nothing, and does no harm afterwards."""

import base64
import secrets

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError

from console.core.credential import Secret
from console.core.policy.keep.policy_settings import KeptValue, PolicySettings
from console.models import AuditEntry, StoredCredential, StoredToken, SubscriptionKey
from console.models import PolicySettings as SettingsRow
from console.services import profiles
from console.store import audit_verify, credentials, policies, sandbox
from tests.web.people import owned, seen, signed_in  # noqa: F401 (a fixture)
from tests.web.url_map import every_address

SHOWING = ("secret", "subscription-key", "certificate")  # forms that carry what their page showed
pytestmark = pytest.mark.django_db
SEALED = (StoredCredential, StoredToken, SubscriptionKey, SettingsRow)
WORDS = {
    "k1": "Key k1 of the key ring is not the key that this database knows under that name.",
    "k9": "The key ring holds k9, and this database was sealed with k1.",
}


def everything_sealed():
    return {(model, row.pk): row.sealed for model in SEALED for row in model.objects.all()}


@pytest.fixture(params=["k1", "k9"], ids=["other bytes under the same id", "another id"])
def wrong(request, owned, settings):  # noqa: F811
    """An installation in use, whose key ring was then swapped: owner, ids, browser, the ring's id, the true ring."""
    actor, ids = owned
    profiles.replace_subscription_key(actor, ids["profile_id"], Secret("a key"))
    kept = (KeptValue("named-value", "n", "value", is_secret=True),)
    policies.put_settings(actor, ids["api_id"], PolicySettings(kept))
    browser = signed_in(actor, raise_request_exception=False)
    true = settings.CONSOLE_SECRET_KEYS
    sandbox._opened.cache_clear()  # a process reads its ring once: one with this ring never opened anything
    settings.CONSOLE_SECRET_KEYS = f"{request.param}:{base64.b64encode(secrets.token_bytes(32)).decode()}"
    return actor, ids, browser, request.param, true


def test_every_page_answers_or_says_why_not(wrong):
    actor, ids, browser, _, _ = wrong
    answers = {address.name: browser.get(address.path) for address in every_address(**ids)}
    failing = {name: answer for name, answer in answers.items() if answer.status_code >= 500}
    policies = {"api-policy", "api-policy-expectation", "api-policy-file"}  # they cannot do without the kept values
    assert failing.keys() == {"readyz", *policies}
    for name in policies:
        assert "A stored secret cannot be read." in failing[name].text
    segment = sandbox.workspace_of(actor, new_segment="unused").segment
    assert browser.get(f"/sandbox/{segment}/tenant/oauth2/v2.0/token").json()["error"] == "temporarily_unavailable"


def test_profile_and_sandbox_say_that_a_secret_cannot_be_read(wrong):
    _, ids, browser, _, _ = wrong
    for path in (f"/profiles/{ids['profile_id']}/", "/sandbox/"):
        answer = browser.get(path)
        assert answer.status_code == 200
        assert "A stored secret cannot be read." in answer.text
        assert "Restore the key ring that belongs to this database" in answer.text


def test_nobody_is_asked_to_confirm_where_an_api_leads_while_what_was_accepted_cannot_be_read(wrong):
    _, ids, browser, _, _ = wrong
    for path in (f"/profiles/{ids['profile_id']}/", f"/profiles/{ids['profile_id']}/checklist/"):
        assert "confirm-destination" not in browser.get(path).text
        assert "It is discarded" not in browser.get(path).text


def test_nothing_is_overwritten_nothing_is_signed_and_the_true_ring_opens_everything_again(wrong, settings):
    actor, ids, browser, key_id, true = wrong
    sealed, entries = everything_sealed(), AuditEntry.objects.count()
    profile = f"/profiles/{ids['profile_id']}"
    for path, data in (
        (f"{profile}/secret/", {"secret": "another secret, entered again"}),
        (f"{profile}/subscription-key/", {"subscription_key": "another key"}),
        (f"{profile}/certificate/", {"days": "90"}),
        (f"{profile}/token/", {"fresh": "1"}),
        (f"{profile}/credential/remove/", {}),
        (f"{profile}/delete/", {}),
    ):
        form = path.split("/")[-2]
        shown = {"seen": seen(browser, ids["profile_id"], form)} if form in SHOWING else {}
        answer = browser.post(path, {**data, **shown})
        assert answer.status_code in (403, 500), path
        assert "The console made a mistake" not in answer.text, path
        told = (
            WORDS[key_id],
            "A stored secret cannot be read.",
            "Nothing that the audit trail must record",
            "Nothing was sent",  # what this profile accepted is sealed as well
        )
        assert any(words in answer.text for words in told), path
    assert everything_sealed() == sealed
    assert AuditEntry.objects.count() == entries
    settings.CONSOLE_SECRET_KEYS = true
    assert credentials.load(actor, ids["profile_id"]).value.reveal()
    assert credentials.load_subscription_key(actor, ids["profile_id"]).value.reveal() == "a key"
    assert browser.get("/readyz").status_code == 200
    assert audit_verify.verify().problems == ()


def test_signing_in_is_refused_in_words_because_nothing_can_be_recorded(wrong):
    _, _, browser, _, _ = wrong
    answer = browser.post("/accounts/logout/")
    assert answer.status_code == 500
    assert "Nothing that the audit trail must record can be done now." in answer.text


def test_readiness_and_the_check_of_the_server_name_the_ring(wrong):
    _, _, browser, key_id, _ = wrong
    assert browser.get("/readyz").text == "not ready: key ring of another database\n"
    with pytest.raises(SystemCheckError, match=WORDS[key_id]):
        call_command("check", deploy=True, fail_level="ERROR")


def test_a_new_key_in_front_of_the_true_one_is_no_wrong_ring(owned, settings):  # noqa: F811
    actor, ids = owned
    new = base64.b64encode(secrets.token_bytes(32)).decode()
    old = settings.CONSOLE_SECRET_KEYS
    settings.CONSOLE_SECRET_KEYS = f"k2:{new},{old}"
    browser = signed_in(actor)
    assert browser.get("/readyz").text == "ready\n"
    call_command("rotate_keys")
    settings.CONSOLE_SECRET_KEYS = f"k2:{new}"
    assert browser.get("/readyz").text == "ready\n"
    assert credentials.load(actor, ids["profile_id"]).value.reveal()
    assert audit_verify.verify().problems == ()
