"""What a row of the table keeps of a call and what its file tells: no signature, no secret, and the same verdict."""

import base64
import html
import json
import re
from dataclasses import replace

import pytest
from msgspec import structs

from console.core.errors import NotAllowed
from console.core.policy.engine.model import MetadataView, Verdict
from console.core.policy.keep import inputs, regression
from console.core.policy.keep.described_call import VALID_KEY, DescribedCall, KeyUse, TokenPlace
from console.core.policy.keep.policy_settings import KeptValue
from console.core.policy.keep.samples import STAND_IN, Sample, token_in
from console.core.tokens.keys import read_jwks
from console.management.commands.evaluate_policy import Session
from console.models import PolicySample
from console.services import api_policies, apis, policies, policy_exchange, profiles
from console.services.policies import Question
from console.store import keysets, vault
from console.store import policies as store
from tests.core.tokens.keys_for_tests import jwk, rsa_key, signed
from tests.services.builders import with_samples
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db

NOW = 1_900_000_000
ISSUER = "https://idp.example"
URL = f"{ISSUER}/.well-known/openid-configuration"
KEYS = {"keys": [jwk(rsa_key(), kid="k1")]}
VIEW = MetadataView(ISSUER, read_jwks(KEYS))
TOKEN = signed(rsa_key(), "RS256", {"iss": ISSUER, "aud": "api://a", "exp": NOW + 60}, kid="k1")
SIGNATURE = TOKEN.rpartition(".")[2]
CANARY = "CANARY1234567890CANARY"


def policy(attributes='header-name="Authorization"', before=""):
    return (
        f'<policies><inbound>{before}<validate-jwt {attributes}><openid-config url="{URL}" />'
        "<audiences><audience>api://a</audience></audiences></validate-jwt></inbound></policies>"
    )


MINE = policy('header-name="X-My-Assertion"')
QUERY = policy('query-parameter-name="assert"')
REFUSAL = 'failed-check-httpcode="401" failed-check-error-message="no" ignore-case="true"'
CHECKED = policy(before=f'<check-header name="Cookie" {REFUSAL} /><check-header name="X-Api-Key" {REFUSAL} />')
COMPARED = policy(before=f'<check-header name="X-Api-Key" {REFUSAL}><value>{CANARY}</value></check-header>')
SHARED = policy(before='<set-header name="X-Up" exists-action="override"><value>{{shared}}</value></set-header>')


def base64url(raw):
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


ODD = ".".join((base64url(b'{ "alg":"RS256"}'), base64url(b'{"aud":"x"}'), "CANARYSIGNATURE0987654321"))
ENCRYPTED = ".".join((base64url(b'{ "alg":"RSA-OAEP","enc":"A256GCM"}'), CANARY, CANARY, CANARY, CANARY))


@pytest.fixture
def sample(time_machine):
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    api = apis.create(actor, apis.get_stored(actor, "view", profile.api_id))
    time_machine.move_to(NOW, tick=False)
    return actor, apis.get(actor, "view", api.id)


def asked(text, token, **call):
    described = DescribedCall(**call)
    return Question(policies.opened(text), token, described, given={URL: VIEW}, now=NOW)


def save(sample, text, typed=()):
    actor, api = sample
    keysets.put(URL, text=json.dumps(KEYS), source=URL, now=NOW, issuer=ISSUER)
    api_policies.save(actor, api.id, text=text, typed=typed, switches={}, version=api.version)


def keep(sample, question):
    actor, api = sample
    answer = policies.judge(actor, question)
    api_policies.add_sample(actor, api.id, answer, name="row")
    return answer


def told(sample):
    """Everything that is kept of the table or told of it: sealed texts opened, the file, the page."""
    actor, api = sample
    rows = PolicySample.objects.all()
    named = [(row.sealed, {"row": store.sample_name(row.pk), "beside": store.beside_sample(row)}) for row in rows]
    sealed = [vault.open_sealed(text, **bound).decode() for text, bound in named]
    file = json.dumps(policy_exchange.table_file(actor, api.id))
    page = signed_in(actor).get(f"/apis/{api.id}/policy/").content.decode()
    return "\n".join([*sealed, repr([(row.name, row.expected_reason) for row in rows]), file, page])


def assert_nothing_secret(text):
    assert "CANARY" not in text
    assert SIGNATURE not in text
    assert SIGNATURE[-20:] not in text


KEPT = {
    "a plain token": (policy(), TOKEN, {}),
    "a scheme twice": (policy(), f"Bearer Bearer {TOKEN}", {}),
    "a whole header line": (policy(), f"Authorization: Bearer {TOKEN}", {}),
    "a custom header": (MINE, TOKEN, {}),
    "a query parameter": (QUERY, TOKEN, {"url": "https://a.example/x?page=1"}),
    "a header that begins with a blank": (policy(), ODD, {}),
    "such a one in a custom header": (MINE, ODD, {}),
    "an unsigned token": (policy(), TOKEN.rpartition(".")[0] + ".", {}),
    "a token of two parts": (policy(), TOKEN.rpartition(".")[0], {}),
    "too many parts": (policy(), f"{TOKEN}.{CANARY}", {}),
    "cookies and keys": (
        CHECKED,
        TOKEN,
        {"headers": (("Cookie", f"a={CANARY}; b={TOKEN}"), ("X-Api-Key", CANARY), ("Accept", "text/plain"))},
    ),
    "an Authorization header by hand": (
        policy(),
        "",
        {"headers": (("Authorization", f"Basic {base64.b64encode(CANARY.encode()).decode()}"),)},
    ),
    "an opaque token by hand": (MINE, "", {"headers": (("X-My-Assertion", CANARY),)}),
    "another's token with encoded dots": (policy(), TOKEN, {"headers": (("X-Other", ODD.replace(".", "%2E")),)}),
    "secret parameters": (
        policy(),
        TOKEN,
        {"url": f"https://u:{CANARY}@a.example/x?client_secret={CANARY}&code={CANARY}&subscription-key={CANARY}&p=1"},
    ),
    "a token and its copy in the address": (policy(), TOKEN, {"url": f"https://a.example/{TOKEN}?t={TOKEN}#{TOKEN}"}),
    "a valid key": (policy(), TOKEN, {"key": KeyUse.VALID}),
    "a wrong key": (policy(), TOKEN, {"key": KeyUse.WRONG}),
    "a real key where one is asked for": (
        policy(),
        TOKEN,
        {"key": KeyUse.MISSING, "headers": (("Ocp-Apim-Subscription-Key", CANARY),)},
    ),
    "a real key in the query": (
        policy(),
        TOKEN,
        {"key": KeyUse.MISSING, "url": f"https://u:{CANARY}@a.example/x?subscription-key={CANARY}"},
    ),
    "an opaque token that is not sent": (policy(), CANARY, {"token_place": TokenPlace.NOWHERE}),
}


@pytest.mark.parametrize(("text", "token", "call"), KEPT.values(), ids=KEPT)
def test_a_row_holds_no_secret_and_is_judged_as_the_call_was(sample, text, token, call):
    save(sample, text)
    trace = keep(sample, asked(text, token, **call)).trace
    assert_nothing_secret(told(sample))
    actor, api = sample
    (judged,) = api_policies.table(actor, api_policies.open_policy(actor, api.id))
    assert (judged.trace.verdict, judged.trace.reason) == (trace.verdict, trace.reason)
    assert judged.agrees
    table = inputs.read_calls(json.dumps(policy_exchange.table_file(actor, api.id)))
    metadata = inputs.read_metadata(json.dumps(policy_exchange.metadata_file(actor, api.id)))
    session = Session(text, metadata, inputs.read_values("{}"), NOW, table.switches)
    assert [one.problem for one in regression.run(table.requests, session.row)] == [""]


OPAQUE = "The token is no JWT: its text is the whole secret, so nothing of it could be kept."
SPELLED = "The token or its signature stands in it in a spelling that cannot be cut, for example with its dots as %2E."
ENCODED = TOKEN.replace(".", "%2E")
REFUSED = {
    "an opaque token": (policy(), CANARY, {}, OPAQUE),
    "one in a custom header": (MINE, CANARY, {}, OPAQUE),
    "one in a query parameter": (QUERY, CANARY, {}, OPAQUE),
    "one with dots": (MINE, f"a.b.{CANARY}", {}, OPAQUE),
    "one without place that stands in a header": (
        policy(),
        CANARY,
        {"token_place": TokenPlace.NOWHERE, "headers": (("X-Other", CANARY),)},
        OPAQUE,
    ),
    "encoded dots": (policy(), ENCODED, {}, SPELLED),
    "encoded dots in a custom header": (MINE, ENCODED, {}, SPELLED),
    "encoded dots in a query parameter": (QUERY, ENCODED, {}, SPELLED),
    "encoded dots beside the token": (policy(), TOKEN, {"headers": (("X-Other", ENCODED),)}, SPELLED),
    "the signature alone": (policy(), TOKEN, {"url": f"https://a.example/x?q={SIGNATURE}"}, SPELLED),
    "the token in hexadecimal": (policy(), TOKEN, {"headers": (("Cookie", TOKEN.encode().hex()),)}, SPELLED),
    "a blank in the signature": (policy(), f"{TOKEN[:-20]} {TOKEN[-20:]}", {}, SPELLED),
    "an encrypted token": (
        policy(),
        ENCRYPTED,
        {},
        "It carries an encrypted token, which stays usable without its signature.",
    ),
    "a compared secret": (
        COMPARED,
        TOKEN,
        {"headers": (("X-Api-Key", CANARY),)},
        "Secrets are not kept: the gateway's answer to the call is allow, but without them it would be "
        "reject (HeaderValueNotAllowed).",
    ),
}


@pytest.mark.parametrize(("text", "token", "call", "why"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_kept_safely_is_refused_in_four_sentences(sample, text, token, call, why):
    with pytest.raises(NotAllowed) as refused:
        keep(sample, asked(text, token, **call))
    assert (refused.value.what, refused.value.why) == ("This call cannot be kept as a row of the table.", why)
    assert refused.value.do
    assert refused.value.who == "You can do this."
    assert_nothing_secret(f"{refused.value.what} {refused.value.why} {refused.value.do}")
    assert not PolicySample.objects.exists()


def without_fields(text):
    """The page without what its own fields give back to who typed it."""
    return html.unescape(re.sub(r"<textarea.*?</textarea>|<input[^>]*>", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("headers", [None, HTMX])
@pytest.mark.parametrize(("token", "status"), [(CANARY, 422), (ENCODED, 422), (ODD, 200), (TOKEN, 200)])
def test_the_page_refuses_or_keeps_and_tells_no_secret(sample, token, status, headers):
    actor, api = sample
    data = {
        "policy": MINE,
        "token": token,
        "url": f"https://a.example/x?client_secret={CANARY}&code={CANARY}&subscription-key={CANARY}",
        "headers": f"X-Api-Key: {CANARY}\nCookie: a={CANARY}",
        "do": "add-row",
        "row_name": "row",
    }
    answer = signed_in(actor).post(f"/apis/{api.id}/policy/", data, headers=headers)
    assert answer.status_code == status
    assert ("This call cannot be kept as a row of the table." in answer.content.decode()) is (status == 422)
    assert_nothing_secret(without_fields(answer.content.decode()) + told(sample))


def test_the_page_says_what_is_kept(sample):
    actor, api = sample
    page = " ".join(signed_in(actor).get(f"/apis/{api.id}/policy/").content.decode().split())
    for sentence in (
        "Not kept: signatures of tokens, and the values of cookies, keys, passwords and whatever else is secret by its "
        "name; a mask stays in their place.",
        "A secret in the path or under a harmless name is not recognised: leave it out of the call.",
    ):
        assert sentence in page


def test_what_is_kept_is_exactly_this(sample):
    headers = (("Cookie", f"a={CANARY}"), ("X-Api-Key", CANARY), ("Accept", "text/plain"))
    url = f"https://u:{CANARY}@a.example/x?code={CANARY}&page=2#{CANARY}"
    keep(sample, asked(policy(), TOKEN, url=url, headers=headers, client_ip="203.0.113.7", key=KeyUse.VALID))
    actor, api = sample
    (row,) = api_policies.list_samples(actor, api.id)
    unsigned = f"{TOKEN.rpartition('.')[0]}.{STAND_IN}"
    assert (row.request.method, row.request.url) == ("GET", "https://a.example/x?code=***&page=2")
    assert dict(row.request.headers) == {
        "Cookie": "a=***",
        "X-Api-Key": "***",
        "Accept": "text/plain",
        "Ocp-Apim-Subscription-Key": VALID_KEY,
        "Authorization": f"Bearer {unsigned}",
    }
    assert (row.request.client_ip, row.rule.realm) == ("203.0.113.7", "https://a.example")
    entry = policy_exchange.table_file(actor, api.id)["requests"][0]["request"]
    assert entry["url"] == row.request.url
    assert entry["headers"] == {name: [value] for name, value in row.request.headers}


def test_a_secret_value_of_the_policy_is_masked_wherever_a_call_repeats_it(sample):
    typed = (KeptValue("named-value", "shared", CANARY, is_secret=True),)
    save(sample, SHARED, typed)
    actor, api = sample
    opened = api_policies.open_policy(actor, api.id)
    question = asked(SHARED, TOKEN, url=f"https://a.example/{CANARY}", headers=(("X-Plain", CANARY),))
    keep(sample, replace(question, values=typed, hidden=opened.hidden))
    assert_nothing_secret(told(sample))


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (policy(), Verdict.ALLOW),
        (policy().replace("api://a</", "api://b</"), Verdict.REJECT),
        (policy().replace("api://a</", "{{not-given}}</"), Verdict.UNDECIDED),
    ],
)
def test_a_row_expects_what_was_found_when_it_was_kept(sample, text, verdict):
    save(sample, text)
    answer = keep(sample, asked(text, TOKEN))
    actor, api = sample
    (row,) = api_policies.table(actor, api_policies.open_policy(actor, api.id))
    assert answer.trace.verdict is verdict
    assert (row.sample.expects, row.agrees) == (verdict, True)


def test_a_row_whose_verdict_could_not_be_told_expects_nothing(sample):
    save(sample, policy().replace("api://a</", "{{not-given}}</"))
    keep(sample, asked(policy().replace("api://a</", "{{not-given}}</"), TOKEN))
    actor, api = sample
    (row,) = api_policies.table(actor, api_policies.open_policy(actor, api.id))
    for verdict in Verdict:
        assert replace(row, trace=structs.replace(row.trace, verdict=verdict)).agrees
    assert not replace(row, trace=None).agrees


def test_a_row_made_from_a_row_is_the_same_row(sample):
    keep(sample, asked(policy(), TOKEN, headers=(("Cookie", f"a={CANARY}"),)))
    actor, api = sample
    first = api_policies.list_samples(actor, api.id)[0]
    keep(sample, replace(asked(policy(), ""), sample=first))
    second = next(one for one in api_policies.list_samples(actor, api.id) if one.id != first.id)
    assert second == replace(first, id=second.id)
    assert token_in(second.request).endswith(f".{STAND_IN}")


def test_the_file_masks_a_row_that_an_older_release_kept(sample):
    actor, api = sample
    api_policies.save(actor, api.id, text=MINE, typed=(), switches={}, version=api.version)
    call = DescribedCall(
        url=f"https://a.example/x?code={CANARY}", headers=(("Cookie", f"a={CANARY}"), ("X-My-Assertion", CANARY))
    )
    request = policies.judge(actor, Question(policies.opened(MINE), "", call, now=NOW)).trial.request
    old = Sample("00000000-0000-4000-8000-000000000001", "old", request, None, Verdict.REJECT, "", NOW, False)
    store.add_sample(actor, api.id, old, now=NOW)
    assert_nothing_secret(json.dumps(policy_exchange.table_file(actor, api.id)))
