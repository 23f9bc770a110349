"""What a token is judged by: demands of an Api, a profile or typed ones; keys stored, fetched on command, or given."""

import json
from dataclasses import replace

import pytest

from console.adapters import clock
from console.core.api import Api, Expectation
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.errors import NotFound
from console.core.inspection import inspect_pasted, recognised
from console.core.profile import ProfileDraft
from console.core.tokens.key_input import SharedSecret
from console.core.tokens.parse import parse
from console.services import apis, calls, inspection, judging, keys, opening, profiles, sandbox, tokens, wiring
from console.services.judging import KeyChoice, KeySource, WantedDemands, measure
from console.store import keysets
from tests.core.tokens.keys_for_tests import SECRET, jwk, rsa_key, signed
from tests.services.builders import person, with_samples

pytestmark = pytest.mark.django_db

NAME = "Sample: orders with a secret"


def sample(actor):
    return next(one for one in profiles.list_profiles(actor) if one.name == NAME)


def issued(actor, profile):
    """A real token of the sandbox; the keys that were fetched on the way are forgotten again."""
    text = tokens.obtain(actor, profile.id).access_token.reveal()
    keysets.prune(before=clock.now() + 10)
    return parse(text)


def sent_requests(monkeypatch):
    """The URLs that go out from here on, through the real transport."""
    seen = []
    original = wiring.transport_for

    class Counting:
        def __init__(self, inner):
            self.inner = inner

        def send(self, request, *, purpose):
            seen.append(request.url)
            return self.inner.send(request, purpose=purpose)

    monkeypatch.setattr(wiring, "transport_for", lambda actor: Counting(original(actor)))
    return seen


def test_an_api_gives_its_demands_and_keys_are_fetched_only_on_command(monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    token = issued(actor, profile)
    seen = sent_requests(monkeypatch)
    unfetched = measure(actor, WantedDemands(api_id=profile.api_id))
    assert unfetched.check(token).reason == "keys-unavailable"
    assert "are stored yet" in unfetched.problem
    assert seen == []
    fetched = measure(actor, WantedDemands(api_id=profile.api_id, keys=KeyChoice.FETCHED))
    assert fetched.check(token).state == "valid"
    assert len(seen) == 2
    assert fetched.demands.title == "the API Orders (sandbox)"
    stored = measure(actor, WantedDemands(api_id=profile.api_id))
    assert stored.check(token).state == "valid"
    assert (stored.fetched_at, stored.source) == (fetched.fetched_at, fetched.source)
    assert len(seen) == 2


def test_the_whole_inspection_passes_with_the_demands_of_the_profile():
    actor = with_samples()
    profile = sample(actor)
    token = issued(actor, profile)
    found = measure(actor, WantedDemands(profile_id=profile.id, keys=KeyChoice.FETCHED))
    root = inspect_pasted(recognised(token.text), expectation=found.expectation, check=found.check, now=clock.now())
    assert {finding.status for finding in root.findings} <= {"pass", "not_applicable"}
    assert root.signature.state == "valid"


def test_a_profile_without_an_api_demands_its_own_provider_tenant_and_client():
    actor = person()
    tenant = "8b1807f9-ca4e-4599-805a-ab71e754d3d4"
    draft = ProfileDraft(
        "Mine",
        "test",
        "entra",
        {"cloud": "global", "tenant": tenant},
        "client-1",
        "client_credentials",
        "x/.default",
        None,
    )
    demands = judging.by_profile(actor, profiles.create(actor, draft).id)
    assert demands.expectation == Expectation(
        issuers=(f"https://sts.windows.net/{tenant}/", f"https://login.microsoftonline.com/{tenant}/v2.0"),
        authorized_parties=("client-1",),
        tenant=tenant,
    )
    assert demands.metadata_url.startswith(f"https://login.microsoftonline.com/{tenant}/v2.0/")
    assert demands.title == "the profile Mine"


T_EXAMPLE = {"cloud": "global", "tenant": "t.example"}


def test_what_an_api_states_is_not_replaced_by_its_profile():
    actor = person()
    stated = Expectation(audiences=("a",), issuers=("https://other.example",), tenant="their-tenant")
    api = apis.create(actor, Api("", 0, "A", "https://a.example", stated, metadata_url="https://other.example/m"))
    draft = ProfileDraft("Mine", "test", "entra", T_EXAMPLE, "c", "client_credentials", "x", api.id)
    demands = judging.by_profile(actor, profiles.create(actor, draft).id)
    assert demands.expectation == stated
    assert demands.metadata_url == "https://other.example/m"
    assert demands.title == "the profile Mine and its API A"


def test_typed_demands_take_keys_of_a_chosen_profile_or_api_and_never_of_the_token(monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    token = issued(actor, profile)
    seen = sent_requests(monkeypatch)
    typed = Expectation(audiences=("mine",))
    alone = measure(actor, WantedDemands(typed=typed, keys=KeyChoice.FETCHED))
    assert alone.problem.startswith("No address of an issuer's keys is known")
    assert alone.check(token).state == "unverifiable"
    assert seen == []
    for source in (KeySource(profile_id=profile.id), KeySource(api_id=profile.api_id)):
        found = measure(actor, WantedDemands(typed=typed, keys=KeyChoice.FETCHED, keys_of=source))
        assert found.expectation == typed
        assert found.check(token).state == "valid"
    lure = signed(rsa_key(), "RS256", {"iss": "https://evil.example"}, kid="x", jku="https://evil.example/keys")
    found.check(parse(lure))
    assert not [url for url in seen if "evil.example" in url]


def test_an_unknown_kid_causes_one_refresh_and_no_more_within_half_a_minute(monkeypatch):
    actor = with_samples()
    profile = sample(actor)
    url = judging.by_api(actor, profile.api_id).metadata_url
    token = issued(actor, profile)
    now = clock.now()
    stale = json.dumps({"keys": [jwk(rsa_key(), kid="old")]})
    for age, expected in ((29, "unverifiable"), (30, "valid"), (31, "valid")):
        keysets.put(url, text=stale, source="https://keys.example", now=now - age)
        monkeypatch.setattr(clock, "now", lambda: now)
        seen = sent_requests(monkeypatch)
        found = measure(actor, WantedDemands(api_id=profile.api_id, keys=KeyChoice.FETCHED))
        assert found.check(token).state == expected
        assert len(seen) == (2 if expected == "valid" else 0)


def test_an_issuer_that_does_not_answer_leaves_old_keys_with_a_note_or_a_problem():
    actor = person()
    address = "http://127.0.0.1:9/.well-known/openid-configuration"  # refused by the guard: no request leaves
    api = apis.create(actor, Api("", 0, "A", "https://a.example", metadata_url=address))
    found = measure(actor, WantedDemands(api_id=api.id, keys=KeyChoice.FETCHED))
    token = parse(signed(rsa_key(), "RS256"))
    assert found.problem
    assert found.check(token).reason == "keys-unavailable"
    keysets.put(address, text=json.dumps(jwk(rsa_key())), source="https://keys.example", now=clock.now() - 601)
    old = measure(actor, WantedDemands(api_id=api.id, keys=KeyChoice.FETCHED))
    assert old.problem == ""
    assert "could not be fetched again" in old.notes[0]
    assert old.check(token).state == "valid"


def test_keys_given_by_hand_are_used_and_named_as_their_source():
    actor = person()
    token = parse(signed(rsa_key(), "RS256"))
    given = measure(actor, WantedDemands(keys=KeyChoice.GIVEN, given=json.dumps(jwk(rsa_key()))))
    result = given.check(token)
    assert (result.state, result.source) == ("valid", "keys given by hand: one key")
    assert given.fetched_at is None
    wrong = measure(actor, WantedDemands(keys=KeyChoice.GIVEN, given="hello"))
    assert wrong.check(token).detail == wrong.problem
    secret = "a-shared-secret-of-more-than-32-bytes!"
    shared = measure(actor, WantedDemands(keys=KeyChoice.GIVEN, given=secret, secret=SharedSecret.TEXT))
    assert shared.check(parse(signed(secret.encode(), "HS256"))).state == "valid"
    assert secret not in repr(shared) + repr(WantedDemands(given=secret))


def test_a_symmetric_key_out_of_a_fetched_key_set_verifies_nothing_and_the_finding_says_why():
    actor, address = person(), "https://issuer.example/.well-known/openid-configuration"
    api = apis.create(actor, Api("", 0, "A", "https://a.example", metadata_url=address))
    keysets.put(address, text=json.dumps({"keys": [SECRET]}), source="https://issuer.example/keys", now=clock.now())
    token = parse(signed(b"k" * 32, "HS256", kid="s"))
    assert (
        keys.check_signature(token, Expectation(), address, transport=None, now=clock.now()).reason
        == "published-secret"
    )
    found = measure(actor, WantedDemands(api_id=api.id))
    root = inspect_pasted(recognised(token.text), expectation=found.expectation, check=found.check, now=clock.now())
    assert (root.signature.state, root.signature.reason) == ("unverifiable", "published-secret")
    told = next(finding for finding in root.findings if finding.check == "signature")
    assert (told.status, told.why) == (
        "fail",
        "HS256 uses a shared secret, and this one stands in a key set for everybody who verifies. Whoever reads that "
        "set can sign any token.",
    )


def test_an_algorithm_outside_the_demands_is_never_verified():
    actor = person()
    wanted = WantedDemands(
        typed=Expectation(algorithms=("ES256",)), keys=KeyChoice.GIVEN, given=json.dumps(jwk(rsa_key()))
    )
    assert measure(actor, wanted).check(parse(signed(rsa_key(), "RS256"))).reason == "algorithm-not-allowed"


def test_without_keys_nothing_is_checked_and_it_is_no_problem():
    found = measure(person(), WantedDemands(keys=KeyChoice.NONE))
    assert found.check(parse(signed(rsa_key(), "RS256"))).state == "not_checked"
    assert (found.problem, found.demands.title) == ("", "the general rules alone")


def test_what_is_somebody_elses_is_not_found():
    actor, other = with_samples(), person("otto@example.com")
    hidden = apis.create(actor, Api("", 0, "Hidden", "https://a.example"))
    for wanted in (
        WantedDemands(profile_id=sample(actor).id),
        WantedDemands(api_id=hidden.id),
        WantedDemands(keys_of=KeySource(profile_id=sample(actor).id)),
        WantedDemands(keys_of=KeySource(api_id=hidden.id)),
    ):
        with pytest.raises(NotFound):
            measure(other, wanted)


def test_page_inspector_and_call_say_the_same_of_a_signature_that_the_api_does_not_accept():
    """The sandbox signs with RS256; the Api accepts ES256 alone."""
    actor = with_samples()
    profile = sample(actor)
    api = apis.get_stored(actor, "view", profile.api_id)
    mine = apis.create(actor, replace(api, expectation=replace(api.expectation, algorithms=("ES256",))))
    draft = replace(profiles.draft_of(profile), api_id=mine.id)
    own = profiles.create(actor, draft)
    profiles.replace_secret(actor, own.id, Secret(sandbox.samples().client_secret))
    obtained = tokens.obtain(actor, own.id)
    wanted = WantedDemands(profile_id=own.id)
    [inspected] = inspection.inspect(actor, obtained.access_token.reveal(), wanted=wanted).items
    shown = tokens.stored(opening.of_profile(actor, "use", own.id))
    called = calls.send(actor, own.id, ApiCall("GET", "/orders")).obtained
    said = {one.signature.detail for one in (obtained, shown, called, inspected)}
    assert {one.signature.reason for one in (obtained, shown, called, inspected)} == {"algorithm-not-allowed"}
    assert len(said) == 1 and "RS256" in said.pop()
