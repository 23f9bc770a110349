"""A call goes to its Api and nowhere else; what comes back is shown, explained and kept, whatever it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from console.adapters import clock
from console.adapters.transport import Transport
from console.core.actor import Role
from console.core.call import ApiCall
from console.core.credential import Secret
from console.core.errors import NotAllowed, NotFound
from console.core.runs.operation import monitor_of
from console.services import apis, calls, cases, destinations, opening, profiles, sandbox, tokens, wiring
from console.store import attempts, audit, runs
from tests.far_sides import EchoApi, allow, end_when_dripped, hurry
from tests.services.builders import person, with_samples
from tests.services.outside import KEY, api, outside_api, outside_profile
from tests.vectors.bad_input.faultserver import FaultServer

__all__ = ["api"]  # a fixture

pytestmark = pytest.mark.django_db

BARE = {"sends_token": False, "sends_subscription_key": False}
# path on the misbehaving server, kind of the failure (None: a whole answer), status
FAULTS = [
    ("/hang", "timeout", None),
    ("/drip-body/0.1", "timeout", 200),
    ("/drip-headers/0.1", "timeout", 200),
    ("/endless", "too_large", 200),
    ("/huge/5", "too_large", 200),
    ("/gzip-bomb/50", "too_large", 200),
    ("/gzip-broken", "bad_http", 200),
    ("/reset", "reset", None),
    ("/close", "reset", None),
    ("/half", "ended_early", 200),
    ("/garbage", "bad_http", None),
    ("/headers/200", "bad_http", None),
    ("/bad-status", "bad_http", None),
    ("/html/502", None, 502),
    ("/xss", None, 200),
    ("/json-deep", None, 200),
    ("/json-dup", None, 200),
    ("/binary", None, 200),
    ("/header-bytes", None, 200),
    ("/redirect-empty", None, 302),
]


@pytest.fixture
def actor():
    return with_samples()


def with_token(actor, base_url):
    """A profile whose token comes from the sandbox and whose Api is at `base_url`."""
    sample = profiles.list_profiles(actor)[0]
    made = outside_api(actor, base_url)
    profile = outside_profile(actor, sample.settings["tenant"], api_id=made.id, scope=sample.scope)
    draft = replace(profiles.draft_of(profile), client_id=sample.client_id)
    profile, _ = profiles.update(actor, profile.id, draft, expected_version=profile.version)
    profiles.replace_secret(actor, profile.id, Secret(sandbox.samples().client_secret))
    return profile


def test_token_and_key_are_sent_to_the_api_and_masked_in_what_is_kept(api, actor):
    profile = with_token(actor, f"{api.url}/orders")
    sent = calls.send(actor, profile.id, ApiCall("GET", "/1042", query="top=1"))
    (arrived,) = api.seen
    assert arrived["path"] == "/orders/1042?top=1"
    assert arrived["headers"]["Authorization"].startswith("Bearer eyJ")
    assert arrived["headers"]["Ocp-Apim-Subscription-Key"] == KEY
    kept = dict(attempts.get(actor, sent.attempt_id).value.exchanges[0].request.headers)
    assert (kept["Authorization"], kept["Ocp-Apim-Subscription-Key"]) == ("Bearer <token>", "***")


def test_what_is_switched_off_is_not_sent_and_no_token_is_asked_for(api, actor):
    profile = with_token(actor, api.url)
    calls.send(actor, profile.id, ApiCall("GET", "/x", **BARE))
    assert not {"Authorization", "Ocp-Apim-Subscription-Key"} & api.seen[0]["headers"].keys()
    assert [record.kind for record in attempts.list_recent(actor)] == ["call"]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_shown_and_never_followed(settings, api, actor, status):
    with EchoApi() as elsewhere:
        allow(settings, api, elsewhere)
        api.answers["/moved"] = (status, [("Location", f"{elsewhere.url}/stolen")])
        sent = calls.send(actor, with_token(actor, api.url).id, ApiCall("POST", "/moved", body="{}"))
        assert (sent.exchange.response.status, len(api.seen), elsewhere.seen) == (status, 1, [])
        assert sent.exchange.response.header("Location") == f"{elsewhere.url}/stolen"


def test_a_call_whose_answer_holds_a_reference_of_many_digits_is_kept(api, actor):
    api.answers["/odd"] = (401, [], b'{"error": "&#' + b"1" * 5_000 + b'; refused"}')
    sent = calls.send(actor, with_token(actor, api.url).id, ApiCall("GET", "/odd"))
    assert b"refused" in attempts.get(actor, sent.attempt_id).value.exchanges[0].response.body


def begin_work(actor, api, base, location, header="Location"):
    profile = with_token(actor, f"{api.url}{base}")
    api.answers[f"{base}/work"] = (202, [(header, location), ("Retry-After", "0")])
    return calls.send(actor, profile.id, ApiCall("POST", "/work"))


def test_the_monitor_of_long_work_gets_the_token_only_within_the_api(settings, api, actor):
    with EchoApi() as elsewhere:
        allow(settings, api, elsewhere)
        places = {
            "/orders/monitor": (api, True),
            f"{api.url}/orders/monitor/2": (api, True),
            "/ordersX/monitor": (api, False),
            "/admin/monitor": (api, False),
            "/orders/..;/admin": (api, False),
            "/orders/%25252e%25252e/admin": (api, False),
            f"{elsewhere.url}/orders/monitor": (elsewhere, False),
        }
        for location, (server, goes_along) in places.items():
            sent = begin_work(actor, api, "/orders", location)
            assert monitor_of(sent.run.kept).leaves_api is not goes_along, location
            seen = len(server.seen)
            calls.look_again(actor, sent.attempt_id)
            (arrived,) = server.seen[seen:]
            assert ("Authorization" in arrived["headers"]) is goes_along, location
            assert ("Ocp-Apim-Subscription-Key" in arrived["headers"]) is goes_along, location
            assert KEY not in repr(calls.open_attempt(actor, sent.attempt_id).run)


def test_a_monitor_with_a_tab_in_its_address_is_refused_in_words(api, actor):
    sent = begin_work(actor, api, "/orders", f"{api.url}/orders/mon\titor")
    seen = len(api.seen)
    looked = calls.look_again(actor, sent.attempt_id)
    assert "control character" in looked.exchanges[-1].failure.detail
    assert (len(api.seen), looked.is_done) == (seen, True)


@pytest.mark.parametrize(
    "location",
    ["http://[", "//[", "http://[::1]x/", "https://a@[b/", "http://a:99999/", f"http://a:{'1' * 5_000}/"],
)
def test_a_monitor_whose_address_is_none_is_refused_in_words(api, actor, location):
    sent = begin_work(actor, api, "/orders", location)
    seen = len(api.seen)
    looked = calls.look_again(actor, sent.attempt_id)
    assert looked.exchanges[-1].failure is not None
    assert len(api.seen) == seen


def test_a_look_waits_as_long_as_the_api_asked(api, actor, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    start = clock.now()
    api.answers["/monitor"] = (202, [("Location", "/monitor")])
    sent = begin_work(actor, api, "", "/monitor")
    calls.look_again(actor, sent.attempt_id)
    for later_s, looks in ((1, 2), (2, 3)):
        time_machine.move_to(start + later_s, tick=False)
        calls.look_again(actor, sent.attempt_id)
        assert len(api.seen) == looks


def test_a_look_that_is_refused_leaves_no_lease_behind(api, actor):
    api.answers["/monitor"] = (202, [("Location", "/monitor"), ("Retry-After", "0")])
    sent = begin_work(actor, api, "", "/monitor")
    profiles.discard_credential(actor, sent.profile.id)
    for _ in range(2):
        with pytest.raises(NotAllowed):
            calls.look_again(actor, sent.attempt_id)


def test_of_several_calls_within_one_second_the_last_is_the_newest(api, actor, time_machine):
    profile = outside_profile(actor, api_id=outside_api(actor, api.url).id)
    second = datetime.fromtimestamp(clock.now() + 1, UTC)
    sent = []
    for number in range(8):
        time_machine.move_to(second + timedelta(microseconds=700 * number), tick=False)
        sent.append(calls.send(actor, profile.id, ApiCall("GET", f"/{number}", **BARE)).attempt_id)
    assert [record.id for record in attempts.list_recent(actor)] == sent[::-1]
    assert attempts.of_profile(actor, profile).call.id == sent[-1]


def test_two_looks_at_once_are_one(api, actor):
    sent = begin_work(actor, api, "", "/monitor")
    now = clock.now()
    assert runs.acquire_lease(sent.run.id, holder="another tab", now=now, until=now + 60)
    assert calls.look_again(actor, sent.attempt_id) == sent.run
    assert len(api.seen) == 1


@pytest.mark.parametrize(("path", "kind", "status"), FAULTS)
def test_a_misbehaving_api_ends_in_a_named_result_that_is_kept(settings, monkeypatch, actor, path, kind, status):
    with FaultServer() as server:
        settings.CONSOLE_EGRESS_ALLOW = f"127.0.0.1:{server.server_address[1]}"
        wiring.egress_policy.cache_clear()
        if path == "/hang":
            hurry(monkeypatch)
        if path.startswith("/drip"):
            end_when_dripped(monkeypatch, server)
        profile = outside_profile(actor, api_id=outside_api(actor, server.url).id)
        sent = calls.send(actor, profile.id, ApiCall("GET", path, **BARE))
        assert len(server.seen) == 1
    monkeypatch.undo()
    wiring.egress_policy.cache_clear()
    exchange = sent.exchange
    assert (exchange.failure.kind if exchange.failure else None) == kind
    assert (exchange.response.status if exchange.response else None) == status
    kept = calls.open_attempt(actor, sent.attempt_id)
    assert kept.record.exchanges == (exchange,)
    assert (kept.diagnosis.primary is not None) is (kind is not None or status >= 400)


@pytest.mark.parametrize("path", ["//evil.example/x", "/../x", "/%2e%2e/x", "https://evil.example", "/@evil", "/a\\b"])
def test_a_path_that_leaves_the_api_is_a_problem_of_the_form_and_nothing_is_sent(api, actor, path):
    profile = outside_profile(actor, api_id=outside_api(actor, f"{api.url}/orders").id)
    sent = calls.send(actor, profile.id, ApiCall("GET", path, **BARE))
    assert (sent.problem.field, sent.exchange, api.seen) == ("path", None, [])
    assert attempts.list_recent(actor) == []


def test_a_key_entered_for_another_address_is_not_on_the_wire(api, actor):
    made = outside_api(actor, "https://old.example")
    profile = outside_profile(actor, api_id=made.id)
    apis.update(
        actor, made.id, type(made)(id="", owner_id=0, name="A", base_url=api.url), expected_version=made.version
    )
    seen = destinations.change_of(opening.of_profile(actor, "view", profile.id)).seen
    assert "enter it again" in destinations.accept(actor, profile.id, seen=seen)[0]
    calls.send(actor, profile.id, ApiCall("GET", "/x", sends_token=False))
    assert "Ocp-Apim-Subscription-Key" not in api.seen[0]["headers"]


def test_a_profile_for_no_api_has_nothing_to_call(actor):
    with pytest.raises(NotAllowed):
        calls.send(actor, outside_profile(actor).id, ApiCall("GET", "/x"))


def test_without_a_token_nothing_goes_to_the_api(api, actor):
    profile = with_token(actor, api.url)
    profiles.replace_secret(actor, profile.id, Secret("wrong-secret-value"))
    sent = calls.send(actor, profile.id, ApiCall("GET", "/x"))
    assert sent.unobtained.error is not None
    assert api.seen == []


def test_the_history_of_somebody_else_is_not_there(api, actor):
    profile = outside_profile(actor, api_id=outside_api(actor, api.url).id)
    sent = calls.send(actor, profile.id, ApiCall("GET", "/x", **BARE))
    other = person("otto@example.com")
    assert attempts.list_recent(other) == []
    for deed in (calls.open_attempt, calls.delete_attempt, calls.look_again):
        with pytest.raises(NotFound):
            deed(other, sent.attempt_id)
    with pytest.raises(NotFound):
        cases.create(other, sent.attempt_id, title="Stolen", note="")
    assert [record.id for record in attempts.list_recent(actor)] == [sent.attempt_id]


def test_calls_and_shared_cases_are_in_the_audit_trail(api, actor):
    profile = outside_profile(actor, api_id=outside_api(actor, api.url).id)
    sent = calls.send(actor, profile.id, ApiCall("GET", "/x", **BARE))
    case = cases.create(actor, sent.attempt_id, title="", note="")
    told = [(entry.who, entry.action, entry.object_kind, entry.object_id) for entry in audit.recent(limit=3)]
    assert told == [
        (actor.email, "case shared", "case", case.id),
        (actor.email, "call sent", "profile", profile.id),
        (actor.email, "call began", "profile", profile.id),
    ]


def outcomes():
    return [(entry.action, entry.result, entry.detail) for entry in reversed(audit.recent(limit=2))]


def test_the_trail_says_where_a_call_went_and_how_it_ended(api, actor):
    profile = outside_profile(actor, api_id=outside_api(actor, api.url).id)
    calls.send(actor, profile.id, ApiCall("POST", "/x", **BARE))
    origin = "/".join(api.url.split("/")[:3])
    began, (action, result, detail) = outcomes()
    assert began == ("call began", "began", f"POST {origin}")
    assert (action, result) == ("call sent", "answered")
    assert detail.startswith(f"POST {origin}: ")


def test_a_call_that_the_guard_refused_is_recorded_as_refused(actor):
    profile = outside_profile(actor, api_id=outside_api(actor, "https://169.254.169.254/latest").id)
    calls.send(actor, profile.id, ApiCall("GET", "", **BARE))
    action, result, detail = outcomes()[1]
    assert (action, result) == ("call sent", "refused")
    assert detail == "GET https://169.254.169.254: blocked_address (never)"


def test_a_process_that_dies_while_a_call_is_under_way_leaves_its_beginning(api, actor, monkeypatch):
    profile = outside_profile(actor, api_id=outside_api(actor, api.url).id)

    def die(*_, **__):
        raise SystemExit

    monkeypatch.setattr(Transport, "send", die)
    with pytest.raises(SystemExit):
        calls.send(actor, profile.id, ApiCall("GET", "/x", **BARE))
    newest = audit.recent(limit=1)[0]
    assert (newest.action, newest.result) == ("call began", "began")


def test_a_deleted_attempt_leaves_its_title(api, actor):
    profile = outside_profile(actor, api_id=outside_api(actor, api.url).id)
    sent = calls.send(actor, profile.id, ApiCall("GET", "/x", **BARE))
    calls.delete_attempt(actor, sent.attempt_id)
    newest = audit.recent(limit=1)[0]
    assert (newest.action, newest.object_id, newest.detail) == ("attempt deleted", sent.attempt_id, "call: GET /x")


def test_a_case_that_another_reads_or_comments_on_is_recorded_and_ones_own_reading_is_not(api, actor):
    profile = outside_profile(actor, api_id=outside_api(actor, api.url).id)
    sent = calls.send(actor, profile.id, ApiCall("GET", "/x", **BARE))
    case = cases.create(actor, sent.attempt_id, title="", note="")
    support = person("sam@example.com", Role.SUPPORT)
    cases.open_case(actor, case.id)
    cases.open_case(support, case.id)
    cases.comment(support, case.id, "Seen.")
    told = [(entry.who, entry.action, entry.object_id) for entry in audit.recent(limit=3)]
    assert told == [
        (support.email, "case commented", case.id),
        (support.email, "case read", case.id),
        (actor.email, "case shared", case.id),
    ]


def test_a_wait_that_the_sandbox_only_pretends_is_told_as_simulated(actor):
    sandbox.set_fault(actor, "slow-api")
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    sent = calls.send(actor, profile.id, ApiCall("GET", "/orders"))
    assert sent.diagnosis.primary.cause == "call-timeout"
    assert sent.diagnosis.primary.why == (
        "The connection stood, but no complete answer came. The API did not answer in time. The wait is simulated: "
        "the sandbox tells at once what a slow API would make you wait for. The limit was the console's own."
    )
    assert sent.evidence.response.elapsed_ms is None


def test_the_attempt_that_a_stored_token_came_of_is_known_while_it_is_the_last(actor):
    profile = profiles.list_profiles(actor)[0]
    obtained = tokens.obtain(actor, profile.id, wants_fresh=True)
    stored = tokens.stored(opening.of_profile(actor, "use", profile.id))
    tried = calls.last_attempts(obtained.opened)
    assert calls.made_by(stored, tried) == obtained.attempt_id
    older = replace(stored, result=replace(stored.response, obtained_at=stored.response.obtained_at - 60))
    assert calls.made_by(older, tried) is None
    assert calls.made_by(None, tried) is None
