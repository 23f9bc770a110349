"""Values a policy leaves open, on the page: nothing kept is lost by sending the page back, nothing secret is told."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from console.adapters import clock
from console.core.actor import Role
from console.models import StoredToken
from console.services import api_policies, profiles, tokens, wiring
from tests.services.builders import person
from tests.store.builders import publish
from tests.web.people import signed_in
from tests.web.test_policy_page import field, page, sample, words

__all__ = ["sample"]  # a fixture

pytestmark = pytest.mark.django_db

CERTIFICATE = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----"
PRIVATE = "-----BEGIN PRIVATE KEY-----\ncanary-private-key\n-----END PRIVATE KEY-----"
SIGNED_BY = (
    '<inbound><validate-jwt header-name="A"><issuer-signing-keys><key certificate-id="c" /></issuer-signing-keys>'
    "</validate-jwt></inbound>"
)
INCLUDING = '<policies><inbound><include-fragment fragment-id="f" /></inbound></policies>'
FRAGMENT = (
    '<fragment><validate-jwt header-name="Authorization"><openid-config url="https://idp.example/{{tenant}}/m" />'
    "<audiences><audience>{{aud}}</audience></audiences></validate-jwt></fragment>"
)
FETCHING = '<validate-jwt header-name="A"><openid-config url="https://{{host}}/{{path}}/m" /></validate-jwt>'


def form_of(text):
    """What a browser would send back of the editor."""
    sent = {}
    for one in LexborHTMLParser(text).css("#policy-form [name]"):
        held = one.attributes
        if one.tag == "button" or (held.get("type") == "checkbox" and "checked" not in held):
            continue
        sent[held["name"]] = _content(one)
    return sent


def _content(control):
    held = control.attributes
    if control.tag == "textarea":
        return control.text().removeprefix("\n")
    if control.tag == "select":
        options = control.css("option")
        return next((one for one in options if "selected" in one.attributes), options[0]).attributes.get("value")
    return held.get("value", "on" if held.get("type") == "checkbox" else "")


def kept(actor, api):
    return {(one.kind, one.name): one.text for one in api_policies.open_policy(actor, api.id).settings.values}


def saved(client, api, actor, text, typed, *, secret=()):
    """The values typed and saved; those in `secret` are ticked as such. Gives the page's answer."""
    ticks = {f"s-{name[2:]}": "on" for name in secret}
    version = str(api_policies.open_policy(actor, api.id).api.version)
    path = f"/apis/{api.id}/policy/"
    return page(client, path=path, policy=text, do="save", version=version, **typed, **ticks)


def sent_back(client, api):
    """The page as it is opened, saved without a change."""
    path = f"/apis/{api.id}/policy/"
    return page(client, path=path, **{**form_of(client.get(path).content.decode()), "do": "save"})


def test_a_text_that_cannot_be_read_forgets_no_value_when_it_is_saved(sample):
    actor, client, _, api, _ = sample
    text = api.policy.replace("Orders.Read", "{{role}}")
    name = field("Named value {{role}}", page(client, path=f"/apis/{api.id}/policy/", policy=text))
    saved(client, api, actor, text, {name: "canary-secret"}, secret=[name])
    assert "The policy is saved with the API." in words(saved(client, api, actor, text + "<oops", {}))
    assert kept(actor, api) == {("named-value", "role"): "canary-secret"}


@pytest.mark.parametrize("certificate", [CERTIFICATE, PRIVATE])
def test_a_kept_certificate_stays_when_the_page_is_sent_back_and_a_private_key_is_never_written_back(
    sample, certificate
):
    actor, client, _, api, _ = sample
    name = field("Certificate c", page(client, path=f"/apis/{api.id}/policy/", policy=SIGNED_BY))
    shown = saved(client, api, actor, SIGNED_BY, {name: certificate})  # not ticked as a secret
    again = client.get(f"/apis/{api.id}/policy/").content.decode()
    sent_back(client, api)
    assert kept(actor, api) == {("certificate", "c"): certificate}
    assert ("MIIB" in again) is (certificate == CERTIFICATE)
    assert "canary-private-key" not in shown + again


def test_what_a_fragment_leaves_open_is_asked_for_kept_and_sent_back(sample):
    actor, client, _, api, _ = sample
    path = f"/apis/{api.id}/policy/"
    fragment = field("Fragment f", page(client, path=path, policy=INCLUDING))
    asked = page(client, path=path, policy=INCLUDING, **{fragment: FRAGMENT})
    audience, tenant = field("Named value {{aud}}", asked), field("Named value {{tenant}}", asked)
    typed = {fragment: FRAGMENT, audience: "api://kept", tenant: "contoso"}
    told = saved(client, api, actor, INCLUDING, typed)
    assert "Issuer of https://idp.example/contoso/m" in words(told)
    before = kept(actor, api)
    sent_back(client, api)
    assert kept(actor, api) == before
    assert [text for (kind, _), text in before.items() if kind == "named-value"] == ["contoso", "api://kept"]


def test_a_value_whose_field_was_not_on_the_page_stays(sample):
    actor, client, _, api, _ = sample
    text = api.policy.replace("Orders.Read", "{{role}}").replace("Orders.Write", "{{other}}")
    form = page(client, path=f"/apis/{api.id}/policy/", policy=text)
    role, other = field("Named value {{role}}", form), field("Named value {{other}}", form)
    saved(client, api, actor, text, {role: "A", other: "B"})
    saved(client, api, actor, text, {role: "C"})
    assert kept(actor, api) == {("named-value", "role"): "C", ("named-value", "other"): "B"}
    saved(client, api, actor, text, {role: "C", other: ""})
    assert kept(actor, api) == {("named-value", "role"): "C"}


def with_address(sample):
    """A published API whose metadata address is made of two kept secrets."""
    actor, client, _, api, _ = sample
    path = f"/apis/{api.id}/policy/"
    form = page(client, path=path, policy=FETCHING)
    host, rest = field("Named value {{host}}", form), field("Named value {{path}}", form)
    shown = saved(client, api, actor, FETCHING, {host: "idp.example", rest: "canary-path"}, secret=[host, rest])
    publish(person("boss@example.com", Role.ADMIN), api.id)
    return path, host, shown + client.get(path).content.decode()


def test_a_secret_in_an_address_is_told_by_no_label(sample):
    _, _, shown = with_address(sample)
    assert "Issuer of https://" in words(shown)
    assert "canary-path" not in shown


def test_nobody_sends_anothers_secret_to_a_host_of_his_own(sample, monkeypatch):
    path, host, _ = with_address(sample)
    stranger, asked = signed_in(person("stranger@example.com")), []

    class Silent:
        def send(self, request, *, purpose):
            asked.append(request.url)
            raise AssertionError(request.url)

    monkeypatch.setattr(wiring, "transport_for", lambda actor: Silent())
    told = page(stranger, path=path, policy=FETCHING, do="fetch", **{host: "evil.example"})
    assert asked == []
    assert "canary-path" not in told


@pytest.mark.parametrize("version", ["", "0", "nonsense", "9" * 40, None])
def test_a_save_without_the_version_it_was_made_for_is_stale_and_keeps_what_was_typed(sample, version):
    actor, client, _, api, _ = sample
    data = {} if version is None else {"version": version}
    shown = page(client, 422, path=f"/apis/{api.id}/policy/", policy="<base /><!-- typed -->", do="save", **data)
    assert "This API was changed while you were editing it." in words(shown)
    assert "&lt;!-- typed --&gt;" in shown
    assert api_policies.open_policy(actor, api.id).api.policy == api.policy


@pytest.mark.parametrize("left_s", [30, 59])
def test_a_token_that_is_about_to_end_is_not_offered_and_choosing_it_loses_nothing(sample, left_s):
    actor, client, profile, api, _ = sample
    tokens.obtain(actor, profile.id)
    StoredToken.objects.update(expires_at=clock.now() + left_s)
    path = f"/apis/{api.id}/policy/"
    assert f"profile:{profile.id}" not in client.get(path).content.decode()
    shown = page(client, 422, path=path, policy="<base /><!-- typed -->", token_from=f"profile:{profile.id}")
    assert "&lt;!-- typed --&gt;" in shown


def test_more_profiles_cost_no_more_queries(sample):
    actor, client, profile, api, _ = sample
    counted = []
    client.get(f"/apis/{api.id}/policy/")
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/apis/{api.id}/policy/")
        counted.append(len(queries))
        copy = profiles.open_profile(actor, "manage", profile.id)
        profiles.duplicate(actor, copy.id)
    assert counted[1:] == counted[:-1]


@pytest.mark.parametrize("kind", ["nonsense", "", "<script>"])
def test_only_the_two_kinds_of_policy_are_written(sample, kind):
    _, client, _, api, _ = sample
    shown = page(client, path=f"/apis/{api.id}/policy/", policy=api.policy, do=f"write:{kind}")
    assert "A policy is written" not in words(shown)


def test_a_private_key_typed_as_metadata_is_refused_and_not_written_back(sample):
    client = sample[1]
    text = FETCHING.replace("{{host}}/{{path}}", "x.example")
    form = page(client, path="/policies/", policy=text)
    keys, issuer = field("Keys of https://x.example/m", form), field("Issuer of https://x.example/m", form)
    private = '{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","d":"canary-private"}]}'
    for name in (keys, issuer):
        shown = page(client, 422, path="/policies/", policy=text, **{name: private})
        assert "A private key stands in it" in words(shown)
        assert "canary-private" not in shown


def test_a_policy_that_names_thousands_of_things_makes_a_page_that_can_be_read(sample):
    _, client, _, _, _ = sample
    many = "".join(f'<openid-config url="https://idp{number}.example/m" />' for number in range(1500))
    text = f'<inbound><validate-jwt header-name="A">{many}</validate-jwt></inbound>'
    shown = page(client, path="/policies/", policy=text, is_htmx=True)
    assert "1460 more addresses are not listed here." in words(shown)
    assert len(shown) < 1_500_000
