"""Bad-input cases of secrets: where they must not be found again. After signing out: tests/browser/."""

import re

import pytest

from console.core.actor import Role
from console.core.call import ApiCall
from console.core.credential import Secret
from console.services import calls, cases, profiles, tokens
from console.store import credentials
from tests.bad_input.registry import covers
from tests.services.builders import person, with_samples
from tests.services.test_profiles import draft
from tests.web.canaries import EveryRecord, database_bytes, leaks
from tests.web.people import HTMX, owned, seen, signed_in

__all__ = ["owned"]  # a fixture

pytestmark = pytest.mark.django_db

SECRET = "canary-S-of-the-edit-form-31415926"


@covers("E-X01")
def test_a_stored_secret_is_on_no_page_and_an_empty_field_keeps_it():
    actor = with_samples()
    profile = profiles.create(actor, draft())
    client = signed_in(actor)
    shown = seen(client, profile.id)
    assert client.post(f"/profiles/{profile.id}/secret/", {"secret": SECRET, "seen": shown}).status_code == 302
    for path in (f"/profiles/{profile.id}/", f"/profiles/{profile.id}/edit/", "/profiles/"):
        for headers in ({}, HTMX):
            answer = client.get(path, headers=headers)
            assert answer.status_code == 200
            assert leaks(path, answer.content.decode() + str(answer.headers), {"secret": SECRET}) == []
    page = client.get(f"/profiles/{profile.id}/").content.decode()
    assert re.search(r"<dt>Stored</dt>\s*<dd[^>]*>.*?UTC", page, re.DOTALL)
    fields = re.findall(r'<input[^>]*type="password"[^>]*>', page)
    assert len(fields) == 3
    assert not [field for field in fields if "value=" in field]
    refused = client.post(f"/profiles/{profile.id}/secret/", {"secret": "", "seen": shown})
    assert refused.status_code == 422
    version = profiles.open_profile(actor, "view", profile.id).version
    form = {
        "name": "Other",
        "provider": "entra:global",
        "tenant": profile.settings["tenant"],
        "client_id": profile.client_id,
    }
    form |= {"scope": profile.scope, "version": version}
    assert client.post(f"/profiles/{profile.id}/edit/", form).status_code == 302
    assert credentials.load(actor, profile.id).value == Secret(SECRET)


@pytest.mark.django_db(transaction=True)
@covers("E-X02", "E-X03")
def test_neither_secret_nor_token_nor_assertion_is_in_the_database_or_in_the_log_at_debug():
    with EveryRecord() as log:
        actor = with_samples()
        first, second = (
            next(profile for profile in profiles.list_profiles(actor) if profile.name.endswith(end))
            for end in ("with a secret", "with a certificate")
        )
        obtained = [tokens.obtain(actor, profile.id).access_token.reveal() for profile in (first, second)]
        assert calls.send(actor, first.id, ApiCall("GET", "/orders")).exchange.response.status == 200
        canaries = {
            "secret": credentials.load(actor, first.id).value.reveal(),
            "key": credentials.load_subscription_key(actor, first.id).value.reveal(),
            "private key": credentials.load(actor, second.id).private_key_pem.reveal().splitlines()[3],
            **{f"token {number}": token for number, token in enumerate(obtained)},
            **{f"signature {number}": token.rpartition(".")[2] for number, token in enumerate(obtained)},
        }
    assert leaks("the database", database_bytes(), canaries) == []
    assert leaks("the log", "\n".join(log.plain), canaries) == []
    assert "eyJ" not in "\n".join(log.plain), "nor any other token: the client assertion"
    assert len(log.plain) >= 5


@covers("E-X04")
def test_support_sees_a_shared_case_without_secrets_and_is_told_what_was_masked(owned):
    actor, ids = owned
    obtained = tokens.obtain(actor, ids["profile_id"], wants_fresh=True)
    shared = cases.create(actor, obtained.attempt_id, title="Token", note="", with_bodies=True)
    support = signed_in(person("sam@example.com", Role.SUPPORT))
    for case_id in (ids["case_id"], shared.id):
        answer = support.get(f"/cases/{case_id}/")
        text = answer.content.decode()
        assert answer.status_code == 200
        assert "eyJ" not in text
        claims = obtained.token.claims
        canaries = {
            "secret": credentials.load(actor, ids["profile_id"]).value.reveal(),
            "key": credentials.load_subscription_key(actor, ids["profile_id"]).value.reveal(),
            "signature": obtained.access_token.reveal().rpartition(".")[2],
            **{name: str(claims[name]) for name in ("oid", "sub")},
        }
        assert leaks("the case", text, canaries) == []
        assert claims["oid"] == claims["sub"]  # of an application: one value, said twice
        assert re.search(r'<span class="chip number">1</span> personal value,', text)
        assert "Hidden before it was kept. Nobody can show it again, not even an administrator." in text
        assert claims["aud"] in text
    assert '<span class="masked"><bdi class="untrusted">***</bdi></span>' in text
