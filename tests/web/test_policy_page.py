"""The policy editor: what it says, what it keeps, what it refuses, and what it never tells."""

import html
import json
import re
from dataclasses import replace

import pytest
from selectolax.lexbor import LexborHTMLParser

from console.core.actor import Role
from console.core.call import ApiCall
from console.models import PolicySample
from console.services import api_filling, api_policies, apis, calls, profiles, sandbox, tokens, wiring
from console.store import apis as api_store
from tests.core.tokens.keys_for_tests import jwk, rsa_key, signed
from tests.services.builders import person, with_samples
from tests.store.builders import publish
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db

NOW = 1_900_000_000
URL = "https://idp.example/.well-known/openid-configuration"
CLAIMS = {"iss": "https://idp.example", "aud": "api://a", "exp": NOW + 60, "roles": ["Reader"]}
TOKEN = signed(rsa_key(), "RS256", CLAIMS, kid="k1")
POLICY = (
    '<policies>\n  <inbound>\n    <validate-jwt header-name="Authorization">\n'
    f'      <openid-config url="{URL}" />\n      <audiences>\n        <audience>AUDIENCE</audience>\n'
    "      </audiences>\n    </validate-jwt>\n  </inbound>\n</policies>"
)


def policy(audience="api://a"):
    return POLICY.replace("AUDIENCE", audience)


def words(text):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.replace("<wbr>", ""))).split())


def verdict(text):
    return words(re.search(r'<h2 id="verdict-title">(.*?)</h2>', text, re.DOTALL)[1])


def field(name, text):
    """The name of the field whose label holds `name`."""
    return re.search(rf'<label for="id_([\w-]+)">[^<]*{re.escape(html.escape(name))}', text)[1]


@pytest.fixture
def visitor(time_machine):
    time_machine.move_to(NOW, tick=False)
    return signed_in(person("visitor@example.com"))


def page(client, status=200, path="/policies/", is_htmx=False, **data):
    answer = client.post(path, data, headers=HTMX if is_htmx else None)
    assert answer.status_code == status, words(answer.content.decode())[-3000:]
    return answer.content.decode()


def with_metadata(client, **data):
    """The page with the metadata typed by hand, as somebody does who has no network."""
    form = page(client, **data)
    keys = {"keys": [jwk(rsa_key(), kid="k1")]}
    return {field(f"Issuer of {URL}", form): "https://idp.example", field(f"Keys of {URL}", form): json.dumps(keys)}


@pytest.mark.parametrize(
    ("audience", "told"),
    [
        ("api://a", "✓ The gateway would let this call through"),
        ("api://b", "✕ The gateway would refuse this call with 401"),
        ("{{aud}}", "? Whether the gateway would let this call through cannot be told"),
    ],
)
def test_the_verdict_is_in_words(visitor, audience, told):
    data = {"policy": policy(audience), "token": TOKEN}
    shown = page(visitor, **data, **with_metadata(visitor, **data))
    assert verdict(shown) == told
    assert html.escape(policy(audience)) in shown


def test_without_metadata_it_cannot_be_told_and_no_connection_is_opened(visitor, monkeypatch):
    monkeypatch.setattr(wiring, "transport_for", lambda actor: pytest.fail("a transport was made"))
    shown = page(visitor, policy=policy(), token=TOKEN)
    assert verdict(shown).endswith("cannot be told")
    assert "Nothing is stored of it yet." in words(shown)


def test_a_call_without_token_is_told_to_be_one(visitor):
    shown = page(visitor, policy=policy())
    assert verdict(shown) == "✕ The gateway would refuse this call with 401"
    assert "No token was given, so this is what a call without one gets." in words(shown)


def test_the_gateways_answer_and_log_are_shown_as_they_are(visitor):
    text = policy().replace("<validate-jwt ", '<validate-jwt failed-validation-error-message="No &lt;b>" ')
    shown = page(visitor, policy=text)
    answer = words(re.search(r'id="gateway-answer"[^>]*>(.*?)</pre>', shown, re.DOTALL)[1])
    assert (
        answer == 'HTTP/1.1 401 Unauthorized Content-Type: application/json { "statusCode": 401, "message": "No <b>" }'
    )
    log = words(re.search(r'id="gateway-log"[^>]*>(.*?)</pre>', shown, re.DOTALL)[1])
    assert "LastErrorSource: validate-jwt" in log
    assert "LastErrorReason: TokenNotPresent" in log


def test_a_named_value_is_asked_for_used_and_stays_in_its_field(visitor):
    data = {"policy": policy("{{aud}}"), "token": TOKEN}
    given = with_metadata(visitor, **data)
    name = field("Named value {{aud}}, line 6", page(visitor, **data))
    shown = page(visitor, **data, **given, **{name: "api://a"})
    assert verdict(shown) == "✓ The gateway would let this call through"
    assert re.search(rf'<textarea name="{name}"[^>]*>\s*api://a</textarea>', shown)


def test_fields_are_exchanged_only_when_the_policy_asks_for_others(visitor):
    data = {"policy": policy("{{aud}}"), "token": TOKEN}
    first = page(visitor, is_htmx=True, **data)
    assert 'id="open-values" hx-swap-oob="true"' in first
    key = re.search(r'name="known_fields" value="(\w+)"', first)[1]
    again = page(visitor, is_htmx=True, **data, known_fields=key)
    assert 'id="open-values"' not in again
    assert "<textarea" not in again
    assert 'id="open-values"' in page(visitor, is_htmx=True, **{**data, "policy": policy("{{b}}")}, known_fields=key)


def test_a_private_key_that_was_typed_is_not_written_back(visitor):
    key = '<validate-jwt header-name="A"><decryption-keys><key certificate-id="c" /></decryption-keys></validate-jwt>'
    name = field("Certificate c", page(visitor, policy=key))
    shown = page(
        visitor, policy=key, **{name: "-----BEGIN PRIVATE KEY-----\ncanary-private-key\n-----END PRIVATE KEY-----"}
    )
    assert "canary-private-key" not in shown


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({"policy": ""}, "Paste the gateway's policy first"),
        ({"policy": "  "}, "Paste the gateway's policy first"),
        ({"policy": "<base />", "url": "api.example"}, "Enter a whole address"),
        ({"policy": "<base />", "url": "https://[x"}, "Enter a whole address"),
        ({"policy": "<base />", "headers": "Accept"}, "Line 1 is not"),
        ({"policy": "<base />", "client_ip": "1.2.3"}, "Write an IP address"),
        ({"policy": "<base />", "moment": "yesterday"}, "Write the moment as"),
        ({"policy": "<base />", "moment": "9" * 12}, "Write the moment as"),
        ({"policy": "<base />", "token_from": "profile:x"}, "is not offered here"),
        ({"policy": "<base />", "token_from": "sample:x"}, "is not offered here"),
        ({"policy": "x" * 262_145}, "characters long"),
    ],
)
def test_an_error_is_a_sentence_and_keeps_what_was_typed(visitor, data, told):
    shown = page(visitor, 422, **data, token="kept-token")
    assert told in html.unescape(shown)
    assert "kept-token" in shown
    fragment = page(visitor, 422, is_htmx=True, **data)
    assert told in html.unescape(fragment)
    assert 'role="alert"' not in fragment


@pytest.mark.parametrize(
    ("moment", "expired"),
    [
        (str(NOW + 60), False),
        (str(NOW + 61), True),
        ("2030-03-17 17:47:40", False),
        ("2030-03-17T17:47:41Z", True),
        ("2030-03-17 17:47:41 UTC", True),
        ("", False),
    ],
)
def test_the_moment_may_be_typed(visitor, moment, expired):
    data = {"policy": policy(), "token": TOKEN, "moment": moment}
    shown = page(visitor, **data, **with_metadata(visitor, **data))
    assert ("TokenExpired" in shown) is expired


@pytest.mark.parametrize("broken", ["<policies><inbound>", "<!DOCTYPE x [<!ENTITY a 'b'>]><policies/>", "no policy"])
def test_a_text_that_is_no_policy_is_told_with_its_problems(visitor, broken):
    shown = page(visitor, policy=broken)
    assert verdict(shown) == "✕ The gateway would not store this policy"
    assert "What must be mended" in shown
    assert html.escape(broken) in shown


def test_a_problem_quotes_its_line_unless_that_may_hold_a_secret(visitor):
    text = (
        "<policies>\n<inbound>\n<validate-jwt><issuer-signing-keys><key>Y2FuYXJ5</key></wrong>\n</inbound></policies>"
    )
    shown = page(visitor, policy=text)
    result = shown[shown.index('id="result"') :]
    assert "Y2FuYXJ5" not in result


def test_a_form_from_elsewhere_is_refused_and_a_get_evaluates_nothing(visitor):
    assert "Nothing tried yet" in visitor.get("/policies/", {"policy": "<base />"}).content.decode()


@pytest.fixture
def sample():
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    token = tokens.obtain(actor, profile.id).access_token.reveal()
    made = apis.create(actor, apis.get_stored(actor, "view", profile.api_id))
    return actor, signed_in(actor), profile, apis.get(actor, "view", made.id), token


def test_a_profiles_token_is_used_and_never_shown(sample):
    _, client, profile, api, token = sample
    path = f"/apis/{api.id}/policy/"
    data = {"policy": api.policy, "token_from": f"profile:{profile.id}"}
    for is_htmx in (False, True):
        shown = page(client, path=path, is_htmx=is_htmx, **data)
        assert verdict(shown) == "✓ The gateway would let this call through"
        assert token not in shown
        assert token.rpartition(".")[2] not in shown
    telling = "<inbound><return-response><set-body>{{x}}</set-body></return-response></inbound>"
    shown = page(client, path=path, **{**data, "policy": telling})
    assert token not in shown


def test_a_proposed_edit_is_put_into_the_editor_and_lets_the_call_through(sample):
    _, client, profile, api, _ = sample
    path, broken = f"/apis/{api.id}/policy/", api.policy.replace("Orders.", "Others.")
    data = {"policy": broken, "token_from": f"profile:{profile.id}"}
    refused = page(client, path=path, **data)
    press = re.search(r'name="do" value="(apply:\w+)"', refused)[1]
    for is_htmx in (False, True):
        shown = page(client, path=path, is_htmx=is_htmx, **data, do=press)
        assert verdict(shown) == "✓ The gateway would let this call through"
        assert "It is kept nowhere until you save or copy it." in words(shown)
        assert re.search(r'<textarea name="policy"[^>]*>[^<]*Orders\.Read', shown)
    stale = page(client, path=path, **data, do="apply:0123456789abcdef")
    assert "This edit was proposed for another text" in words(stale)
    assert html.escape(broken) in stale


def test_saving_keeps_values_sealed_and_never_gives_a_secret_back(sample):
    _, client, _, api, token = sample
    path = f"/apis/{api.id}/policy/"
    data = {"policy": api.policy.replace("Orders.Read", "{{role}}").replace("Orders.Write", "{{open}}"), "token": token}
    form = page(client, path=path, **data)
    secret, plain = field("Named value {{role}}", form), field("Named value {{open}}", form)
    typed = {secret: "canary-secret-role", f"s-{secret[2:]}": "on", plain: "plain-role"}
    saved = page(client, path=path, **data, **typed, do="save", version=str(api.version))
    assert "The policy is saved with the API." in words(saved)
    opened = client.get(path).content.decode()
    for shown in (saved, opened, page(client, path=path, **data), page(client, path=path, is_htmx=True, **data)):
        assert "canary-secret-role" not in shown
    assert "A value is kept with the API and not shown" in opened
    assert "plain-role" in opened


def test_an_old_page_does_not_overwrite_what_was_saved_since(sample):
    actor, client, _, api, _ = sample
    apis.update(actor, api.id, apis.get_stored(actor, "manage", api.id), expected_version=api.version)
    shown = page(client, 422, path=f"/apis/{api.id}/policy/", policy="<base />", do="save", version=str(api.version))
    assert "This API was changed while you were editing it." in words(shown)
    assert "&lt;base /&gt;" in shown


def test_a_row_is_kept_shown_changed_and_deleted(sample):
    _, client, profile, api, token = sample
    path = f"/apis/{api.id}/policy/"
    data = {"policy": api.policy, "token_from": f"profile:{profile.id}", "row_name": "x" * 200}
    shown = page(client, path=path, **data, do="add-row")
    assert "The row is kept without the token's signature and other secrets." in words(shown)
    row = PolicySample.objects.get()
    assert "x" * 200 in client.get(path).content.decode()
    one = page(client, path=path, policy=api.policy, token_from=f"sample:{row.pk}")
    assert "signature is not kept: it is taken as valid here" in words(one)
    assert token.rpartition(".")[2] not in one
    change = f"{path}rows/{row.pk}/"
    client.post(change, {"name": "renamed", "expects": "reject", "reason": "TokenExpired"})
    table = words(client.get(path).content.decode())
    assert "renamed" in table
    assert "1 of 1 not as expected" in table
    client.post(change, {"name": "", "expects": "reject"})
    assert "Name: Give the row a name." in words(client.get(path).content.decode())
    client.post(change, {"delete": "1"})
    assert PolicySample.objects.count() == 0


def test_the_empty_table_says_how_its_first_row_comes_and_both_places_are_on_the_page(sample):
    _, client, profile, api, token = sample
    path = f"/apis/{api.id}/policy/"
    empty = LexborHTMLParser(client.get(path).text)
    hint = empty.css_first("#table a")
    assert "No row yet." in empty.css_first("#table").text()
    assert "Try a token first" in " ".join(empty.css_first("#table").text().split())
    assert empty.css_first(f"button{hint.attributes['href']}").text().strip(), "the hint leads to a button"
    fold = empty.css_first("#add-row-fold")
    assert f"“{fold.css_first('summary').text().strip()}”" in empty.css_first("#table").text()
    assert fold.css_first("button[name=do][value=add-row]").text() == "Keep the row"
    kept = page(client, path=path, policy=api.policy, token=token, row_name="Good", do="add-row")
    assert "No row yet" not in kept
    other = signed_in(person("otto@example.com")).get(f"/apis/{profile.api_id}/policy/").text
    reader = LexborHTMLParser(other).css_first("#table").text()
    assert ("No row yet." in reader, "Try a token" in reader) == (True, False)


def test_the_files_are_downloads(sample):
    _, client, _, api, _ = sample
    for name in ("policy.xml", "table.json", "metadata.json", "values.json"):
        answer = client.get(f"/apis/{api.id}/policy/files/{name}")
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert client.get(f"/apis/{api.id}/policy/files/other").status_code == 404


def test_others_apis_are_not_found_and_published_ones_are_tried_but_not_changed(sample):
    actor, client, _, api, token = sample
    path = f"/apis/{api.id}/policy/"
    page(client, path=path, policy=api.policy, token=token, do="add-row", row_name="the row")
    row = PolicySample.objects.get().pk
    stranger = signed_in(person("other@example.com"))
    places = (path, f"{path}expectation/", f"{path}files/table.json")
    assert [stranger.get(place).status_code for place in places] == [404, 404, 404]
    assert stranger.post(path, {"policy": "<base />"}).status_code == 404
    publish(person("boss@example.com", Role.ADMIN), api.id)
    opened = stranger.get(path).content.decode()
    assert "the row" in opened
    assert "save-policy" not in opened
    assert "row-" + str(row) not in opened
    assert verdict(page(stranger, path=path, policy=api.policy, token=token))
    assert stranger.post(path, {"policy": "<base />", "do": "save"}).status_code == 404
    assert stranger.post(f"{path}rows/{row}/", {"delete": "1"}).status_code == 404
    assert [stranger.get(place).status_code for place in places] == [200, 404, 404]
    assert page(stranger, 422, path=path, policy="<base />", token_from=f"sample:{row}")
    assert apis.get(actor, "view", api.id).policy == api.policy


def test_a_kept_value_of_another_is_used_and_not_told(sample):
    _, client, _, api, token = sample
    path = f"/apis/{api.id}/policy/"
    text = api.policy.replace("Orders.Read", "{{role}}").replace("Orders.Write", "{{role}}")
    form = page(client, path=path, policy=text)
    name = field("Named value {{role}}", form)
    typed = {name: "canary-hidden-role", f"s-{name[2:]}": "on"}
    page(client, path=path, policy=text, do="save", version=str(api.version), **typed)
    publish(person("boss@example.com", Role.ADMIN), api.id)
    other = person("other@example.com")
    stranger = signed_in(other)
    shown = page(stranger, path=path, policy=api_policies.open_policy(other, api.id).api.policy, token=token)
    telling = "<inbound><return-response><set-body>{{role}}</set-body></return-response></inbound>"
    for text in (shown, page(stranger, path=path, policy=telling), page(client, path=path, policy=telling)):
        assert "canary-hidden-role" not in text


def test_the_sandbox_obeys_a_policy_from_the_next_call_on(sample):
    actor, client, profile, _, _ = sample
    before = sandbox.workspace(actor).state.gateway_apis[0].policy
    refused = client.post("/sandbox/-/policies/orders/", {"policy": "<policies><inbound>"})
    assert refused.status_code == 422
    assert "near line 1" in words(refused.content.decode()) or "Line 1" in words(refused.content.decode())
    assert sandbox.workspace(actor).state.gateway_apis[0].policy == before
    assert calls.send(actor, profile.id, ApiCall("GET", "/orders")).exchange.response.status == 200
    client.post("/sandbox/-/policies/orders/", {"policy": before.replace("Orders.", "Others.")})
    assert "changed by you" in client.get("/sandbox/?tab=policies").content.decode()
    answered = calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    assert answered.exchange.response.status == 401
    detail = client.get(f"/calls/{answered.attempt_id}/").content.decode()
    assert f"/apis/{profile.api_id}/policy/?call={answered.attempt_id}#failing-rule" in detail
    client.post("/sandbox/-/policies/orders/", {"original": "1"})
    assert sandbox.workspace(actor).state.gateway_apis[0].policy == before
    assert client.post("/sandbox/-/policies/nothing/", {"policy": "<base />"}).status_code == 404


def test_the_expectation_is_filled_from_the_policy_after_it_was_shown(sample):
    actor, client, _, api, _ = sample
    stored = apis.get_stored(actor, "manage", api.id)
    text = api.policy.replace("Orders.Read", "Orders.Own").replace("<value>Orders.Write</value>", "")
    saved = api_policies.save(actor, api.id, text=text, typed=(), switches={}, version=stored.version)
    path = f"/apis/{api.id}/policy/expectation/"
    shown = words(client.get(path).content.decode())
    assert "Roles Orders.Read, Orders.Write Orders.Own the gateway’s policy" in shown
    assert "Clients (azp or appid)" not in shown, "it says that already"
    seen, take = api_filling.read(actor, api.id).seen, {"take": "roles"}
    assert apis.get_stored(actor, "manage", api.id).expectation == stored.expectation
    assert client.post(path, {**take, "version": f"{saved.version - 1}.{seen}"}).status_code == 422
    assert client.post(path, {**take, "version": str(saved.version)}).status_code == 422
    assert client.post(path, {**take, "version": f"{saved.version}.{seen}"}).status_code == 302
    after = apis.get_stored(actor, "manage", api.id).expectation
    assert (after.roles, after.authorized_parties, after.issuers) == (
        ("Orders.Own",),
        stored.expectation.authorized_parties,
        stored.expectation.issuers,
    )


def test_a_policy_that_cannot_be_read_fills_nothing(sample):
    actor, client, _, api, _ = sample
    made = apis.create(actor, apis.get_stored(actor, "view", api.id))
    api_policies.save(actor, made.id, text="<policies>", typed=(), switches={}, version=made.version)
    path = f"/apis/{made.id}/policy/expectation/"
    assert "The policy cannot be read" in client.get(path).content.decode()
    assert client.post(path, {"version": "2"}).status_code == 422


@pytest.mark.parametrize("kind", ["validate-jwt", "validate-azure-ad-token"])
def test_a_policy_is_written_from_the_expectation_into_the_editor_alone(sample, kind):
    actor, client, profile, api, _ = sample
    path = f"/apis/{api.id}/policy/"
    data = {"policy": "", "token_from": f"profile:{profile.id}"}
    for is_htmx in (False, True):
        shown = page(client, path=path, is_htmx=is_htmx, **data, do=f"write:{kind}")
        text = html.unescape(re.search(r'<textarea name="policy"[^>]*>(.*?)</textarea>', shown, re.DOTALL)[1])
        assert f"<{kind}" in text
        assert "A policy is written from what the API demands. Nothing is saved yet." in words(shown)
    assert apis.get(actor, "view", api.id).policy == api.policy


def test_a_policy_that_cannot_be_written_leaves_the_editor_as_it_is(sample):
    actor, client, _, api, _ = sample
    bare = apis.create(actor, api_store.get(actor, "view", api.id).value)
    stored = apis.get_stored(actor, "manage", bare.id)
    wrong = replace(stored, expectation=replace(stored.expectation, audiences=("{{x}}",)))
    apis.update(actor, bare.id, wrong, expected_version=stored.version)
    shown = page(client, path=f"/apis/{bare.id}/policy/", policy="<base />", do="write:validate-jwt")
    assert "as an expression or a named value" in words(shown)
    assert "&lt;base /&gt;" in shown


SEVERAL = (
    '<policies><inbound><base /><validate-jwt header-name="Authorization"><openid-config url="' + URL + '" />'
    "<audiences><audience>api://b</audience><audience>api://b</audience></audiences><required-claims>"
    '<claim name="roles"><value>Writer</value></claim><claim name="scp"><value>read</value></claim>'
    "</required-claims></validate-jwt></inbound></policies>"
)


def section(text, heading):
    """The words of the panel whose heading this is; "" without one."""
    at = text.find(f'id="{heading}"')
    return words(text[at : text.find("</section>", at)]).partition(">")[2].strip() if at >= 0 else ""


def rows(text):
    return re.findall(r'<li class="(fail[^"]*)" id="([^"]+)">(.*?)</li>', text, re.DOTALL)


def test_the_reported_rule_is_marked_and_the_others_say_that_they_are_hidden(visitor):
    data = {"policy": SEVERAL, "token": TOKEN}
    shown = page(visitor, **data, **with_metadata(visitor, **data))
    marked = [(id_, words(row)) for kind, id_, row in rows(shown) if kind == "fail marked"]
    hidden = [words(row) for kind, _, row in rows(shown) if kind == "fail"]
    ((place, row),) = marked
    assert "the gateway reports this one" in row
    assert "The gateway’s log calls it TokenAudienceNotAllowed" in row
    assert [("It fails too, but the gateway stops before it" in one) for one in hidden] == [True, True]
    told = section(shown, "verdict-title")
    assert "The rule is audience ; the gateway’s log calls it TokenAudienceNotAllowed" in told
    assert "Behind it, 2 more rules would fail: required-claim:roles, required-claim:scp." in told
    assert f'href="#{place}"' in shown


def test_advice_on_the_text_is_folded_and_what_bears_on_the_call_is_not(visitor):
    data = {"policy": SEVERAL, "token": TOKEN}
    shown = page(visitor, **data, **with_metadata(visitor, **data))
    at = shown.index('id="advice">')
    advice = shown[at : shown.index("</details>", at)]
    for code in ("hidden-scope", "duplicate-entry"):
        assert f'<a class="chip code" href="/reference/policy-warnings/{code}/">{code}</a>' in advice
        assert shown.count(f'<a class="chip code" href="/reference/policy-warnings/{code}/">{code}</a>') == 1
    dead = SEVERAL.replace(f'<openid-config url="{URL}" />', "")
    loud = section(page(visitor, policy=dead, token=TOKEN), "warnings-title")
    assert "no signed token can pass" in loud
    assert "hidden-scope" not in loud


def test_what_an_answer_rests_on_and_nobody_has_confirmed_is_open_on_the_page(visitor):
    for written, is_told in (("\n   api://a\n  ", True), ("api://a", False)):
        data = {"policy": policy(written), "token": TOKEN}
        shown = page(visitor, **data, **with_metadata(visitor, **data))
        assert verdict(shown) == "✓ The gateway would let this call through"
        assert ("white space around what it wants (audience)" in words(shown)) is is_told


def test_a_step_behind_a_refusal_is_told_not_to_be_reached_and_nothing_else(visitor):
    second = '<trace source="a"><message>b</message></trace><check-header name="X" failed-check-httpcode="400" '
    second += 'failed-check-error-message="m" ignore-case="true" />'
    told = words(section(page(visitor, policy=policy().replace("</inbound>", f"{second}</inbound>")), "steps-title"))
    assert "not reached, would refuse too" in told
    assert told.count("not reached: refused before") == 1
    assert "lets it pass" not in told


def test_an_allowed_call_warns_of_parent_policies_in_the_verdict_itself(visitor):
    for text, is_told in ((policy(), False), (policy().replace("<inbound>", "<inbound><base />"), True)):
        data = {"policy": text, "token": TOKEN}
        told = section(page(visitor, **data, **with_metadata(visitor, **data)), "verdict-title")
        assert ("Policies of parent scopes (base) are not in it and may still refuse." in told) is is_told


def test_what_is_missing_links_to_its_field(visitor):
    data = {"policy": policy("{{aud}}"), "token": TOKEN}
    shown = page(visitor, **data)
    needs = shown[shown.index('id="needs-title"') :]
    links = re.findall(r'<code><bdi class="untrusted">(.*?)</bdi></code>: <a href="#([\w-]+)">', needs)
    assert (URL, "fetch-metadata") in links
    given = page(visitor, **data, **with_metadata(visitor, **data))
    links = re.findall(r'<code><bdi class="untrusted">(.*?)</bdi></code>: <a href="#([\w-]+)">', given)
    assert links == [("{{aud}}", f"id_{field('Named value {{aud}}', given)}")]
    for target in ("fetch-metadata", links[0][1]):
        assert f'id="{target}"' in given


def test_a_problem_offers_its_line(visitor):
    shown = page(visitor, policy='<policies>\n<inbound>\n<validate-jwt clock-skew="x" />\n</inbound></policies>')
    assert re.search(r'data-line="3" data-line-of="#id_policy">Show line 3 in the editor', shown)
    told = section(shown, "problems-title")
    assert "who The API's owner." in told


def test_a_hostile_length_leaves_a_readable_page(visitor):
    name, value = "N" * 200, "v" * 200
    claims = {**CLAIMS, "roles": [f"{number}{value}" for number in range(40)]}
    token = signed(rsa_key(), "RS256", claims, kid="k1")
    text = SEVERAL.replace('name="scp"', f'name="{name}"').replace("Writer", value)
    data = {"policy": text, "token": token}
    shown = page(visitor, **data, **with_metadata(visitor, **data))
    assert len(token) > 10_000
    whats = re.findall(r'<span class="what">(.*?)</span>\s*<span class="chip', shown, re.DOTALL)
    assert max(len(words(what)) for what in whats) < 400
    assert f"0{value}, 1{value}" in html.unescape(shown)  # both sides whole, in a box that scrolls


def test_a_cut_never_leaves_half_of_what_is_hidden(sample):
    _, client, _, api, token = sample
    path = f"/apis/{api.id}/policy/"
    text = api.policy.replace("Orders.Read", "x" * 230).replace("Orders.Write", "{{role}}")
    form = page(client, path=path, policy=text, token=token)
    name = field("Named value {{role}}", form)
    secret = "canary-" + "half-of-a-secret-" * 20
    saved = page(
        client,
        path=path,
        policy=text,
        token=token,
        do="save",
        version=str(api.version),
        **{name: secret, f"s-{name[2:]}": "on"},
    )
    shown = page(client, path=path, policy=text, token=token)
    for one in (saved, shown):
        assert "The gateway would refuse this call with 401" in one
        assert "canary-" not in one


def test_a_value_that_appears_while_the_policy_is_typed_is_a_secret_unless_somebody_says_otherwise(sample):
    _, client, _, api, token = sample
    path = f"/apis/{api.id}/policy/"
    data = {"policy": api.policy.replace("Orders.Read", "{{role}}"), "token": token}
    first = page(client, path=path, is_htmx=True, **data)
    name = field("Named value {{role}}", first)
    box = rf'<input type="checkbox" name="s-{name[2:]}"[^>]*>'
    assert " checked" in re.search(box, first)[0]
    assert " checked" not in re.search(box, page(client, path=path, **data, **{name: "plain"}))[0]
    assert " checked" in re.search(box, page(client, path=path, **data, **{name: "x", f"s-{name[2:]}": "on"}))[0]


def test_the_verdict_stands_in_a_word_beside_the_button_and_follows_it(visitor):
    data = {"policy": policy("api://b"), "token": TOKEN}
    for is_htmx, start in (
        (False, '<span id="verdict-brief">'),
        (True, '<span id="verdict-brief" hx-swap-oob="true">'),
    ):
        for text, told in ((policy(), "Cannot be told yet"), ("<policies>", "Would not be stored")):
            shown = page(visitor, is_htmx=is_htmx, **{**data, "policy": text})
            at = shown.index(start)
            assert told in words(shown[at : shown.index("</a>", at)])


def test_a_past_call_is_judged_with_the_claims_that_were_sent_not_with_those_of_today(sample):
    actor, client, profile, _, _ = sample
    sandbox.set_fault(actor, "wrong-audience")
    tokens.obtain(actor, profile.id, wants_fresh=True)
    refused = calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    assert refused.exchange.response.status == 401
    sandbox.set_fault(actor, None)
    tokens.obtain(actor, profile.id, wants_fresh=True)
    detail = client.get(f"/calls/{refused.attempt_id}/").content.decode()
    link = f"/apis/{profile.api_id}/policy/?call={refused.attempt_id}"
    assert f'href="{link}#failing-rule"' in detail
    shown = client.get(link).content.decode()
    assert verdict(shown).startswith("✕ The gateway would refuse this call")
    assert "audience" in words(shown)
    again = page(client, path=link.partition("?")[0], policy="<base />", token_from=f"call:{refused.attempt_id}")
    assert "The call that was sent" in words(again)
    stranger = signed_in(person("other@example.com"))
    assert stranger.get(link).status_code == 404
    assert page(stranger, 422, path="/policies/", policy="<base />", token_from=f"call:{refused.attempt_id}")


def test_a_policy_is_tried_with_the_program_that_holds_it_and_stays_as_it_was_pasted(visitor):
    fields = policy("${var.audience}").replace("</inbound>", "${local.more}</inbound>")
    program = f'resource "policy" "a" {{\n  xml_content = <<XML\n{fields}\nXML\n}}\n'
    data = {"policy": program, "token": TOKEN, "action": "try"}
    given = with_metadata(visitor, **data)
    told = page(visitor, **data, **given)
    assert "The policy was taken out of the text around it." in words(told)
    assert html.escape(program.strip()) in told.replace("&#x27;", "&#39;")
    audience = page(visitor, **data, **given, **{field("var.audience", told): "api://other"})
    assert "api://other" in words(audience)
    assert "refuse" in verdict(audience)
