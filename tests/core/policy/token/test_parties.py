"""Audience and issuer: exact comparison, the switches around it, and the explanations beside a refusal."""

import pytest

from console.core.policy.engine.answers import error_body
from console.core.policy.engine.model import UNREACHABLE, MetadataView, Outcome, Verdict
from console.core.policy.text.document import read_policy
from console.core.policy.token.parties import audience_check, audiences_in
from console.core.policy.token.token_policy import read_token_policy
from console.core.tokens.token import Token, TokenKind
from tests.core.policy.builders import (
    AUDIENCE,
    ISSUER,
    URL,
    failed,
    judged,
    outcome_of,
    policy,
    reported,
    request,
    token,
    unsure,
    view,
    warnings,
)
from tests.core.policy.tokens import CLAIMS, signed

TENANT = "3f8a0c6e-52b7-4d1b-9e44-a7c1de20b5f9"
V2 = f"https://login.microsoftonline.com/{TENANT}/v2.0"
V1 = f"https://sts.windows.net/{TENANT}/"
TEMPLATE = "https://login.microsoftonline.com/{tenantid}/v2.0"
OTHER_URL = "https://other.example/.well-known/openid-configuration"


MANY = [
    ("plain texts", "held-{}", "wanted-{}"),
    ("texts with a slash", "held-{}/", "wanted-{}/"),
    ("client ids and App ID URIs", "6b1f9ad2-0c3e-4e7a-b8d5-{:012}", "api://6b1f9ad2-0c3e-4e7a-b8d6-{:012}"),
]


@pytest.mark.parametrize(("what", "held", "wanted"), MANY, ids=[row[0] for row in MANY])
def test_many_audiences_are_compared_with_many_in_one_pass(what, held, wanted):
    element = read_policy(_audiences(*(wanted.format(number) for number in range(60_000)))).inbound[0]
    asked = Token(TokenKind.JWS, "", (), {}, {"aud": [held.format(number) for number in range(60_000)]})
    (check,), told = audience_check(asked, audiences_in(read_token_policy(element).audiences), {})
    assert (check.outcome, told) == (Outcome.FAIL, ())


def _audiences(*names):
    return policy(audiences="".join(f"<audience>{name}</audience>" for name in names))


def _issuers(*names):
    return policy(children=f"<issuers>{''.join(f'<issuer>{name}</issuer>' for name in names)}</issuers>")


def _without_metadata(text):
    return text.replace(f'<openid-config url="{URL}" />', "")


FOR_US = [
    ("a text", _audiences(AUDIENCE), AUDIENCE),
    ("one of several accepted", _audiences("x", AUDIENCE), AUDIENCE),
    ("one of several in the token", _audiences("x", AUDIENCE), ["y", AUDIENCE]),
    ("blank entries beside it", _audiences("", AUDIENCE), ["", AUDIENCE]),
    ("exact and differing by a slash", _audiences("x/", AUDIENCE), ["x", AUDIENCE]),
    ("known beside one that is not", _audiences("{{id}}", AUDIENCE), AUDIENCE),
]


@pytest.mark.parametrize(("what", "text", "aud"), FOR_US, ids=[row[0] for row in FOR_US])
def test_any_audience_equal_to_any_accepted_one_passes(what, text, aud):
    trace = judged(text, request(token(aud=aud)))
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, set())


NOT_FOR_US = [
    ("another API", _audiences(AUDIENCE), "x", "IDX10214", set()),
    ("other letters", _audiences(AUDIENCE), AUDIENCE.upper(), "IDX10214", {"unconfirmed-behaviour"}),
    ("only a part of it", _audiences(AUDIENCE), AUDIENCE[:-1], "IDX10214", set()),
    ("two slashes", _audiences("x"), "x//", "IDX10214", set()),
    ("no aud", _audiences(AUDIENCE), None, "IDX10206", set()),
    ("an empty aud", _audiences(AUDIENCE), "", "IDX10206", set()),
    ("an empty list", _audiences(AUDIENCE), [], "IDX10206", set()),
    ("no aud, whatever is accepted", _audiences("{{id}}"), None, "IDX10206", set()),
    ("the App ID URI is accepted", _audiences(f"api://{AUDIENCE}"), AUDIENCE, "IDX10214", {"audience-form"}),
    ("the client id is accepted", _audiences(AUDIENCE), f"api://{AUDIENCE}", "IDX10214", {"audience-form"}),
    ("a URI below a tenant", _audiences(AUDIENCE), f"api://{TENANT}/{AUDIENCE}", "IDX10214", {"audience-form"}),
    ("a URI with a name", _audiences("api://orders"), AUDIENCE, "IDX10214", {"audience-form"}),
    ("a URI of another id", _audiences(f"api://{TENANT}"), AUDIENCE, "IDX10214", set()),
    ("a web address", _audiences("https://orders.example"), AUDIENCE, "IDX10214", set()),
]


@pytest.mark.parametrize(("what", "text", "aud", "code", "told"), NOT_FOR_US, ids=[row[0] for row in NOT_FOR_US])
def test_an_audience_that_is_not_accepted_is_refused_for_certain(what, text, aud, code, told):
    trace = judged(text, request(token(aud=aud)))
    assert (failed(trace), reported(trace)) == (["audience"], ("audience", "TokenAudienceNotAllowed", code))
    assert (trace.status, trace.body) == (401, error_body(401, trace.steps[0].reported.message))
    assert warnings(trace) == told


@pytest.mark.parametrize(("accepted", "aud"), [("x", "x/"), ("x/", "x"), ("x/", ["y", "x"])])
def test_one_slash_at_the_end_of_an_audience_follows_its_switch(accepted, aud):
    forgiven = judged(_audiences(accepted), request(token(aud=aud)))
    strict = judged(_audiences(accepted), request(token(aud=aud)), switches={"audience-slash": "strict"})
    assert (forgiven.verdict, failed(strict)) == (Verdict.ALLOW, ["audience"])
    for trace in (forgiven, strict):
        assert (warnings(trace), unsure(trace)) == ({"trailing-slash", "unconfirmed-behaviour"}, {"audience-slash"})


def test_an_audience_nobody_knows_leaves_the_answer_open():
    trace = judged(_audiences("@(context.Request.Host)", "x"), request(token()))
    assert (trace.verdict, trace.needs) == (Verdict.UNDECIDED, ("@(context.Request.Host)",))


def test_a_policy_without_audiences_takes_any_and_says_so():
    trace = judged(policy(audiences=None), request(token(aud="x")))
    assert (trace.verdict, warnings(trace)) == (Verdict.ALLOW, {"audience-not-checked"})


@pytest.mark.parametrize("inner", ["", "<audience></audience>"])
def test_an_empty_list_of_audiences_follows_its_switch(inner):
    unchecked = judged(policy(audiences=inner), request(token()))
    refused = judged(policy(audiences=inner), request(token()), switches={"empty-audiences": "refused"})
    assert unchecked.verdict is Verdict.ALLOW
    assert reported(refused) == ("audience", "TokenAudienceNotAllowed", "IDX10208")
    for trace in (unchecked, refused):
        assert (unsure(trace), "audiences-empty" in warnings(trace)) == ({"empty-audiences"}, True)


def test_a_refused_audience_tells_what_differs():
    what = judged(_audiences(AUDIENCE), request(token(aud=AUDIENCE.upper()))).steps[0].reported.what
    assert what.endswith("They differ in letter case.")


TRUSTED = [
    ("the metadata's", policy(), ISSUER, {URL: view()}),
    ("listed", _without_metadata(_issuers("x", ISSUER)), ISSUER, {}),
    ("listed and the metadata's", _issuers(ISSUER), ISSUER, {URL: view()}),
    (
        "any of several metadata",
        policy().replace("<audiences>", f'<openid-config url="{OTHER_URL}"/><audiences>'),
        "o",
        {URL: view(), OTHER_URL: view(issuer="o")},
    ),
]


@pytest.mark.parametrize(("what", "text", "iss", "metadata"), TRUSTED, ids=[row[0] for row in TRUSTED])
def test_a_trusted_issuer_passes_for_certain(what, text, iss, metadata):
    trace = judged(text, request(token(iss=iss)), metadata=metadata)
    assert (outcome_of(trace, "issuer"), warnings(trace)) == (Outcome.PASS, set())


FOREIGN = [
    ("another", policy(), "https://evil.example", "IDX10205", ""),
    ("a slash more", policy(), ISSUER + "/", "IDX10205", "a slash at the end, which is never forgiven"),
    ("a slash less", _without_metadata(_issuers(ISSUER + "/")), ISSUER, "IDX10205", "a slash at the end"),
    ("other letters", policy(), ISSUER.upper(), "IDX10205", "differ in letter case"),
    ("none", policy(), None, "IDX10211", "names no issuer"),
    ("blank", policy(), " ", "IDX10211", "names no issuer"),
    ("in neither place", _issuers("x"), "y", "IDX10205", f"accepts x or {ISSUER}"),
]


@pytest.mark.parametrize(("what", "text", "iss", "code", "why"), FOREIGN, ids=[row[0] for row in FOREIGN])
def test_a_foreign_issuer_is_refused_for_certain(what, text, iss, code, why):
    trace = judged(text, request(token(iss=iss)))
    check = next(one for one in trace.steps[0].checks if one.check == "issuer")
    assert (check.outcome, check.reason, check.library_code) == (Outcome.FAIL, "TokenIssuerNotAllowed", code)
    assert (why in check.what, unsure(trace)) == (True, {""} if "letter case" in why else set())


def test_an_issuer_that_is_no_text_counts_as_none():
    trace = judged(policy(), request(signed(None, {**CLAIMS, "iss": 7})))
    assert reported(trace) == ("issuer", "TokenIssuerNotAllowed", "IDX10211")


@pytest.mark.parametrize(("iss", "text"), [("listed", _issuers("listed")), (ISSUER, _issuers("listed"))])
def test_listed_issuers_beside_metadata_follow_their_switch(iss, text):
    union = judged(text, request(token(iss=iss)))
    both = judged(text, request(token(iss=iss)), switches={"issuer-lists": "both"})
    assert (union.verdict, reported(both)[0]) == (Verdict.ALLOW, "issuer")
    assert unsure(union) == unsure(both) == {"issuer-lists"}


VERSIONS = [
    ("v1 token, v2 metadata", V1, V2, {"ver": "1.0"}, True),
    ("v2 token, v1 metadata", V2, V1, {}, True),
    ("v1 token of another tenant, v2 metadata", V1.replace("3f8a", "4f8a"), V2, {"ver": "1.0"}, True),
    ("another tenant, same version", V2.replace("3f8a", "4f8a"), V2, {}, False),
    ("somebody else", "https://accounts.example.com", V2, {"ver": None}, False),
    ("somebody else's metadata", V2, "https://accounts.example.com", {}, False),
]


@pytest.mark.parametrize(("what", "iss", "accepted", "more", "is_told"), VERSIONS, ids=[row[0] for row in VERSIONS])
def test_a_token_of_the_other_version_is_explained(what, iss, accepted, more, is_told):
    trace = judged(policy(), request(token(iss=iss, **more)), metadata={URL: view(issuer=accepted)})
    assert failed(trace) == ["issuer"]
    assert ("version-mismatch" in warnings(trace)) is is_told


TEMPLATES = [
    ("unknown", Verdict.UNDECIDED),
    ("expanded", Verdict.ALLOW),
    ("literal", Verdict.REJECT),
]


@pytest.mark.parametrize(("choice", "verdict"), TEMPLATES)
def test_a_template_for_the_issuer_follows_its_switch(choice, verdict):
    sent = request(token(iss=V2, tid=TENANT))
    trace = judged(policy(), sent, metadata={URL: view(issuer=TEMPLATE)}, switches={"template-issuer": choice})
    assert (trace.verdict, unsure(trace)) == (verdict, {"template-issuer"})
    assert "template-issuer" in warnings(trace)
    assert trace.needs == ((TEMPLATE,) if choice == "unknown" else ())


@pytest.mark.parametrize("changes", [{"iss": V1}, {"iss": V2, "tid": "other"}, {"iss": V2, "tid": None}])
def test_an_issuer_that_no_reading_of_a_template_gives_is_refused_for_certain(changes):
    sent = request(token(**{"tid": TENANT, **changes}))
    trace = judged(policy(), sent, metadata={URL: view(issuer=TEMPLATE)})
    assert (reported(trace)[0], unsure(trace), "template-issuer" in warnings(trace)) == ("issuer", set(), True)


def test_a_listed_issuer_gets_round_a_template():
    trace = judged(_issuers(V2), request(token(iss=V2, tid=TENANT)), metadata={URL: view(issuer=TEMPLATE)})
    assert (trace.verdict, "issuer-lists" in unsure(trace)) == (Verdict.ALLOW, True)


OPEN = [
    ("metadata that was not given", policy(), {}, (URL,)),
    ("a listed named value", _issuers("{{issuer}}"), {URL: view(issuer="o")}, ("{{issuer}}",)),
    ("an address nobody knows", policy().replace(URL, "https://{{tenant}}"), {}, ("https://{{tenant}}",)),
]


@pytest.mark.parametrize(("what", "text", "metadata", "needs"), OPEN, ids=[row[0] for row in OPEN])
def test_an_issuer_that_may_be_accepted_leaves_the_answer_open(what, text, metadata, needs):
    trace = judged(text, request(token()), metadata=metadata)
    assert (outcome_of(trace, "issuer"), trace.needs) == (Outcome.UNKNOWN, needs)


def test_a_token_without_an_issuer_is_refused_whatever_was_not_given():
    trace = judged(policy(), request(token(iss=None)), metadata={})
    assert (trace.verdict, reported(trace)[0]) == (Verdict.REJECT, "issuer")


@pytest.mark.parametrize(
    ("metadata", "is_told"), [({URL: MetadataView("", view().keyset)}, True), ({URL: UNREACHABLE}, False)]
)
def test_no_issuer_to_compare_with_is_said(metadata, is_told):
    assert ("issuer-not-checked" in warnings(judged(policy(), request(token()), metadata=metadata))) is is_told
