"""A policy and a call judged for a person: nothing leaves unasked, nothing of a stranger's, nothing secret told."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from console.adapters import clock
from console.core.api import Api
from console.core.errors import NotAllowed, NotFound, Stale
from console.core.exchange import Exchange, Response
from console.core.policy.engine.model import MetadataView, Verdict
from console.core.policy.keep import inputs, policy_text, regression
from console.core.policy.keep.described_call import DescribedCall, KeyUse, TokenPlace
from console.core.policy.keep.policy_settings import KeptValue
from console.core.policy.keep.samples import STAND_IN, token_in
from console.core.tokens.keys import read_jwks
from console.management.commands.evaluate_policy import Session
from console.services import api_policies, apis, policies, policy_exchange, profiles, sandbox, tokens, wiring
from console.services.policies import Question
from console.store import keysets
from tests.core.tokens.keys_for_tests import jwk, rsa_key, signed
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db

NOW = 1_900_000_000
ISSUER = "https://idp.example"
URL = f"{ISSUER}/.well-known/openid-configuration"
CLAIMS = {"iss": ISSUER, "aud": "api://a", "exp": NOW + 60, "roles": ["Reader"]}
TOKEN = signed(rsa_key(), "RS256", CLAIMS, kid="k1")
VIEW = MetadataView(ISSUER, read_jwks({"keys": [jwk(rsa_key(), kid="k1")]}))


def jwt_policy(extra="", audience="api://a", attributes='header-name="Authorization"'):
    return (
        f'<policies><inbound><validate-jwt {attributes}><openid-config url="{URL}" />'
        f"<audiences><audience>{audience}</audience></audiences>{extra}</validate-jwt></inbound></policies>"
    )


def asked(policy=None, **changes):
    text = policies.opened(policy or jwt_policy())
    return Question(**{"policy": text, "token": TOKEN, "given": {URL: VIEW}, "now": NOW, **changes})


def named(name, text, *, is_secret=False):
    return KeptValue("named-value", name, text, is_secret)


@pytest.fixture
def actor():
    return person()


@pytest.fixture
def no_transport(monkeypatch):
    monkeypatch.setattr(wiring, "transport_for", lambda actor: pytest.fail("a transport was made"))


@pytest.mark.parametrize(
    ("changes", "verdict", "reason"),
    [
        ({}, Verdict.ALLOW, ""),
        ({"token": ""}, Verdict.REJECT, "TokenNotPresent"),
        ({"now": NOW + 61}, Verdict.REJECT, "TokenExpired"),
        ({"given": {}}, Verdict.UNDECIDED, ""),
        ({"policy": jwt_policy(audience="api://b")}, Verdict.REJECT, "TokenAudienceNotAllowed"),
        ({"policy": jwt_policy(audience="{{aud}}")}, Verdict.UNDECIDED, ""),
        ({"policy": jwt_policy(audience="{{aud}}"), "values": (named("aud", "api://a"),)}, Verdict.ALLOW, ""),
        ({"call": DescribedCall(key=KeyUse.VALID)}, Verdict.ALLOW, ""),
        ({"call": DescribedCall(key=KeyUse.MISSING)}, Verdict.REJECT, "SubscriptionKeyNotFound"),
        ({"call": DescribedCall(key=KeyUse.WRONG)}, Verdict.REJECT, "SubscriptionKeyInvalid"),
        ({"call": DescribedCall(token_place=TokenPlace.NOWHERE)}, Verdict.REJECT, "TokenNotPresent"),
        ({"policy": jwt_policy(attributes='header-name="X-Token"')}, Verdict.ALLOW, ""),
        ({"policy": jwt_policy(attributes='query-parameter-name="t"')}, Verdict.ALLOW, ""),
    ],
)
def test_a_call_is_judged_without_any_network(actor, no_transport, changes, verdict, reason):
    answer = policies.judge(actor, asked(**changes))
    assert answer.trace is not None, answer.problems
    assert (answer.trace.verdict, answer.trace.reason) == (verdict, reason)


def test_a_policy_that_is_none_gives_problems_and_no_verdict(actor, no_transport):
    answer = policies.judge(actor, asked(policy="<policies><inbound>"))
    assert (answer.trace, answer.trial, policies.proposals(actor, answer)) == (None, None, ())
    assert answer.problems[0].line == 1


class Published:
    """A far side that publishes metadata and keys; `seen` are the addresses that were asked."""

    def __init__(self):
        self.seen = []

    def send(self, request, *, purpose):
        self.seen.append(request.url)
        metadata = {"issuer": ISSUER, "jwks_uri": f"{ISSUER}/keys", "token_endpoint": f"{ISSUER}/token"}
        body = {"keys": [jwk(rsa_key(), kid="k1")]} if request.url.endswith("/keys") else metadata
        answer = Response(200, headers=(("Content-Type", "application/json"),), body=json.dumps(body).encode())
        return Exchange(request, answer, None, 1.5, 7)


@pytest.fixture
def published(monkeypatch):
    far_side = Published()
    monkeypatch.setattr(wiring, "transport_for", lambda actor: far_side)
    return far_side


def test_metadata_is_fetched_on_command_kept_with_its_issuer_and_used_from_then_on(actor, published):
    before = policies.judge(actor, asked(given={}))
    assert (before.metadata[0].problem, published.seen) == ("Nothing is stored of it yet.", [])
    assert policies.fetch_metadata(actor, asked(given={})) == {}
    assert published.seen == [URL, f"{ISSUER}/keys"]
    after = policies.judge(actor, asked(given={}))
    assert (after.trace.verdict, after.metadata[0].source, len(published.seen)) == (Verdict.ALLOW, "fetched", 2)


def test_an_entra_policy_is_fetched_at_its_two_derived_addresses_and_many_not_at_all(actor, published):
    policy = '<validate-azure-ad-token tenant-id="contoso.example" />'
    policies.fetch_metadata(actor, asked(policy))
    base = "https://login.microsoftonline.com/contoso.example"
    assert [url for url in published.seen if "microsoft" in url] == [
        f"{base}/v2.0/.well-known/openid-configuration",
        f"{base}/.well-known/openid-configuration",
    ]
    many = "".join(f'<openid-config url="https://{number}.example" />' for number in range(20))
    problems = policies.fetch_metadata(actor, asked(f'<validate-jwt header-name="A">{many}</validate-jwt>'))
    assert len(problems) == 12
    assert problems["https://8.example"] == "Not fetched: only the first 8 addresses of a policy are."


def test_keys_from_before_the_issuer_was_kept_are_not_enough(actor):
    keysets.put(URL, text=json.dumps({"keys": [jwk(rsa_key(), kid="k1")]}), source=URL, now=NOW)
    answer = policies.judge(actor, asked(given={}))
    assert answer.trace.verdict is Verdict.UNDECIDED
    assert answer.metadata[0].problem == "Only its keys are stored, not the issuer it names: fetch it again."
    keysets.put(URL, text=json.dumps({"keys": [jwk(rsa_key(), kid="k1")]}), source=URL, now=NOW, issuer=ISSUER)
    assert policies.judge(actor, asked(given={})).trace.verdict is Verdict.ALLOW


def test_what_cannot_be_fetched_is_told_by_address(actor):
    problems = policies.fetch_metadata(actor, asked(jwt_policy().replace(URL, "http://127.0.0.1:9/x"), given={}))
    assert list(problems) == ["http://127.0.0.1:9/x"]
    assert "could not be fetched" in problems["http://127.0.0.1:9/x"]


@pytest.fixture
def sample():
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    api = apis.create(actor, apis.get_stored(actor, "view", profile.api_id))
    return actor, profile, apis.get(actor, "view", api.id)


def test_only_profiles_that_hold_a_token_are_offered_and_only_to_their_owner(sample):
    actor, profile, _ = sample
    assert policies.holding_token(actor) == []
    with pytest.raises(NotFound, match="no token at the moment"):
        policies.token_of(actor, profile.id)
    tokens.obtain(actor, profile.id)
    assert [one.id for one in policies.holding_token(actor)] == [profile.id]
    stranger = person("other@example.com")
    assert policies.holding_token(stranger) == []
    with pytest.raises(NotFound):
        policies.token_of(stranger, profile.id)


def of_sample(sample, **changes):
    actor, profile, api = sample
    token = tokens.obtain(actor, profile.id).access_token.reveal()
    return Question(**{"policy": policies.opened(api.policy), "token": token, **changes})


def test_the_sandboxs_own_metadata_needs_no_fetching(sample, monkeypatch):
    question = of_sample(sample)
    keysets.prune(before=clock.now() + 10)
    monkeypatch.setattr(wiring, "transport_for", lambda actor: pytest.fail("a transport was made"))
    answer = policies.judge(sample[0], question)
    assert (answer.trace.verdict, answer.metadata[0].source) == (Verdict.ALLOW, "of your sandbox")


def test_saving_keeps_the_text_with_placeholders_values_sealed_and_switches(sample):
    actor, _, api = sample
    text = api.policy.replace("Orders.Read", "{{role}}")
    typed = (named("role", "Orders.Read", is_secret=True),)
    switches = {"audience-slash": "strict", "claim-case": "exact"}
    api_policies.save(actor, api.id, text=text, typed=typed, switches=switches, version=api.version)
    kept = apis.get_stored(actor, "view", api.id).policy
    assert "{sandbox}/" in kept
    assert "{sandbox-clients}" in kept
    opened = api_policies.open_policy(actor, api.id)
    assert opened.api.policy == text
    assert [(one.name, one.text, one.is_secret) for one in opened.settings.values] == [("role", "Orders.Read", True)]
    assert opened.settings.switches == {"audience-slash": "strict"}
    with pytest.raises(Stale):
        api_policies.save(actor, api.id, text=text, typed=typed, switches={}, version=api.version)


def test_a_secret_left_empty_stays_and_a_value_the_text_no_longer_asks_for_goes(sample):
    actor, _, api = sample
    both = (named("a", "one", is_secret=True), named("b", "two"))
    text = jwt_policy(audience="{{a}}{{b}}")
    version = api_policies.save(actor, api.id, text=text, typed=both, switches={}, version=1).version
    empty = (named("a", "", is_secret=True), named("b", ""))
    version = api_policies.save(actor, api.id, text=text, typed=empty, switches={}, version=version).version
    assert [one.name for one in api_policies.open_policy(actor, api.id).settings.values] == ["a"]
    version = api_policies.save(actor, api.id, text=f"{text}<oops", typed=(), switches={}, version=version).version
    assert [one.name for one in api_policies.open_policy(actor, api.id).settings.values] == ["a"]  # it cannot be read
    api_policies.save(actor, api.id, text="<base/>", typed=(), switches={}, version=version)
    assert api_policies.open_policy(actor, api.id).settings.values == ()


def test_anothers_values_go_into_the_kept_text_alone_and_are_hidden(sample):
    actor, _, api = sample
    text = jwt_policy(audience="{{aud}}")
    typed = (named("aud", "api://hidden", is_secret=True), named("plain", "plain-value"), named("short", "abcde"))
    text = text.replace("</audience>", "</audience><audience>{{plain}}{{short}}</audience>")
    api_policies.save(actor, api.id, text=text, typed=typed, switches={}, version=api.version)
    admin = next(one for one in [person("boss@example.com")])
    assert {one.reveal() for one in api_policies.open_policy(actor, api.id).hidden} == {"api://hidden"}
    with pytest.raises(NotFound):
        api_policies.open_policy(admin, api.id)
    opened = api_policies.ApiPolicy(
        apis.get(actor, "view", api.id), api_policies.open_policy(actor, api.id).settings, False
    )
    usable = tuple(one for one in opened.settings.values if one.name != "short")  # too short to be masked
    assert len(usable) == 2
    assert opened.values_for(opened.api.policy) == usable
    assert opened.values_for(opened.api.policy + " ") == usable
    assert opened.values_for("<set-body>{{aud}}</set-body>") == ()
    assert {one.reveal() for one in opened.hidden} == {"api://hidden", "plain-value", "abcde"}


def test_a_row_loses_the_tokens_signature_and_shows_what_an_edit_breaks(sample):
    actor, _, api = sample
    answer = policies.judge(actor, of_sample(sample))
    api_policies.add_sample(actor, api.id, answer, name="good")
    row = api_policies.list_samples(actor, api.id)[0]
    assert token_in(row.request).endswith(f".{STAND_IN}")
    assert token_in(answer.trial.request).rpartition(".")[2] not in repr(row.request.headers)
    opened = api_policies.open_policy(actor, api.id)
    judged = api_policies.table(actor, opened)[0]
    assert (judged.agrees, row.is_verified, row.expects) == (True, True, Verdict.ALLOW)
    broken = api.policy.replace("Orders.Read", "X").replace("Orders.Write", "X")
    api_policies.save(actor, api.id, text=broken, typed=(), switches={}, version=api.version)
    judged = api_policies.table(actor, api_policies.open_policy(actor, api.id))[0]
    assert (judged.agrees, judged.trace.reason) == (False, "TokenClaimValueNotAllowed")


def test_a_table_costs_as_many_queries_as_one_row(sample):
    actor, _, api = sample
    api_policies.save(actor, api.id, text=jwt_policy(), typed=(), switches={}, version=api.version)
    answer = policies.judge(actor, of_sample(sample))
    counted = []
    for number in range(3):
        api_policies.add_sample(actor, api.id, answer, name=str(number))
        opened = api_policies.open_policy(actor, api.id)
        with CaptureQueriesContext(connection) as queries:
            assert len(api_policies.table(actor, opened)) == number + 1
        counted.append(len(queries))
    assert counted == [counted[0]] * 3


def test_the_metadata_file_holds_the_tenant_of_a_row_where_the_policy_takes_any_tenant(sample):
    actor, _, api = sample
    tenant = "00000000-aaaa-4bbb-8ccc-000000000000"
    url = f"https://login.microsoftonline.com/{tenant}/v2.0/.well-known/openid-configuration"
    keysets.put(url, text=json.dumps({"keys": [jwk(rsa_key(), kid="k1")]}), source=url, now=NOW, issuer=ISSUER)
    any_tenant = '<validate-azure-ad-token tenant-id="organizations" />'
    api_policies.save(actor, api.id, text=any_tenant, typed=(), switches={}, version=api.version)
    token = signed(rsa_key(), "RS256", {**CLAIMS, "tid": tenant}, kid="k1")
    api_policies.add_sample(actor, api.id, policies.judge(actor, asked(any_tenant, token=token)), name="theirs")
    assert list(policy_exchange.metadata_file(actor, api.id)) == [url]


def test_a_row_is_judged_as_of_its_own_moment(sample, time_machine):
    actor, _, api = sample
    api_policies.add_sample(actor, api.id, policies.judge(actor, of_sample(sample)), name="good")
    time_machine.move_to(clock.now() + 10 * 86_400)
    assert api_policies.table(actor, api_policies.open_policy(actor, api.id))[0].agrees


@pytest.mark.parametrize("token", ["eyJhIjoxfQ.QUFB.QUFB.QUFB.QUFB"])
def test_an_encrypted_token_is_never_kept(sample, token):
    actor, _, api = sample
    answer = policies.judge(actor, Question(policies.opened(api.policy), token))
    with pytest.raises(NotAllowed, match="cannot be kept"):
        api_policies.add_sample(actor, api.id, answer, name="x")


def test_a_table_has_an_end(sample):
    actor, _, api = sample
    answer = policies.judge(actor, of_sample(sample))
    for number in range(api_policies.MAX_SAMPLES):
        api_policies.add_sample(actor, api.id, answer, name=str(number))
    with pytest.raises(NotAllowed, match="50 rows already"):
        api_policies.add_sample(actor, api.id, answer, name="x")


def test_the_files_for_a_build_hold_no_secret(sample):
    actor, _, api = sample
    secret_header = (("X-Api-Key", "canary-api-key"), ("Accept", "text/plain"))
    question = of_sample(sample, call=DescribedCall(headers=secret_header, key=KeyUse.VALID))
    api_policies.add_sample(actor, api.id, policies.judge(actor, question), name="good")
    typed = (named("s", "canary-secret-value", is_secret=True), named("p", "plain"))
    text = api.policy.replace("Orders.Read", "{{s}}", 1).replace("Orders.Write", "{{p}}", 1)
    api_policies.save(actor, api.id, text=text, typed=typed, switches={}, version=api.version)
    table = policy_exchange.table_file(actor, api.id)
    files = json.dumps(
        [table, policy_exchange.metadata_file(actor, api.id), policy_exchange.values_file(actor, api.id)]
    )
    assert "canary" not in files
    assert question.token.rpartition(".")[2] not in files
    assert policy_exchange.values_file(actor, api.id) == {"named_values": {"p": "plain"}}
    row = table["requests"][0]
    assert (row["name"], row["expect"], row["assume_signature"]) == ("good", {"verdict": "allow"}, True)
    assert row["request"]["headers"]["Accept"] == ["text/plain"]
    stranger = person("other@example.com")
    for give in (policy_exchange.table_file, policy_exchange.policy_file, policy_exchange.values_file):
        with pytest.raises(NotFound):
            give(stranger, api.id)


def test_the_command_reads_the_files_and_finds_what_an_edit_breaks(sample):
    actor, _, api = sample
    api_policies.add_sample(actor, api.id, policies.judge(actor, of_sample(sample)), name="good")
    late = of_sample(sample, now=clock.now() + 10 * 86_400)
    api_policies.add_sample(actor, api.id, policies.judge(actor, late), name="expired")
    table = inputs.read_calls(json.dumps(policy_exchange.table_file(actor, api.id)))
    metadata = inputs.read_metadata(json.dumps(policy_exchange.metadata_file(actor, api.id)))
    values = inputs.read_values(json.dumps(policy_exchange.values_file(actor, api.id)))
    broken = api.policy.replace("Orders.", "X.")
    for text, told in ((api.policy, ""), (broken, "expected allow, got reject")):
        results = regression.run(table.requests, Session(text, metadata, values, clock.now(), table.switches).row)
        assert {one.name: one.problem for one in results} == {"good": told, "expired": ""}


def test_an_api_without_sandbox_keeps_its_text_as_it_was_typed(actor):
    made = apis.create(actor, Api(id="", owner_id=0, name="A", base_url="https://api.example"))
    text = f"<policies><inbound><!-- {sandbox.workspace(actor).base} --></inbound></policies>"
    api_policies.save(actor, made.id, text=text, typed=(), switches={}, version=made.version)
    assert apis.get_stored(actor, "view", made.id).policy == text


def test_a_text_is_read_once_whatever_is_asked_about_it(actor, monkeypatch):
    read, texts = policy_text.read_policy, []
    monkeypatch.setattr(policy_text, "read_policy", lambda text: texts.append(text) or read(text))
    question = asked()
    answer = policies.judge(actor, question)
    policies.fetch_metadata(actor, question)
    assert answer.trial.document is question.policy.document
    assert len(texts) == 1
