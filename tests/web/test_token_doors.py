"""Who may use a profile and was not given its token finds it whole behind no door of the console."""

import json
from xml.sax.saxutils import escape

import pytest

from console.core.access import SharedWith
from console.core.call import ApiCall
from console.services import calls, cases, profiles, sharing, tokens
from tests.services.builders import person, with_samples
from tests.web.people import prove, signed_in

pytestmark = pytest.mark.django_db

EXPRESSION = '@(context.Request.Headers.GetValueOrDefault("Authorization","nothing"))'
HEADER = EXPRESSION[2:-1]
POLICY = f"""<policies><inbound>
  <set-variable name="t" value='{EXPRESSION}' />
  <set-header name="X-Copy" exists-action="override"><value>{EXPRESSION}</value></set-header>
  <set-query-parameter name="copy" exists-action="override"><value>{EXPRESSION}</value></set-query-parameter>
  <validate-jwt header-name="X-Copy" failed-validation-error-message='{EXPRESSION}' output-token-variable-name="o">
    <issuer-signing-keys><key>bm90IHRoZSBrZXkgb2YgdGhpcyB0b2tlbiBhdCBhbGwh</key></issuer-signing-keys>
  </validate-jwt>
  <return-response><set-body>{EXPRESSION}</set-body></return-response>
</inbound></policies>"""


@pytest.fixture
def shared():
    """The owner, somebody who may use the profile, that profile and its token."""
    owner = with_samples()
    user = person("otto@example.com")
    profile = next(one for one in profiles.list_profiles(owner) if "orders with a secret" in one.name)
    sharing.give(owner, "profile", profile.id, SharedWith(user.user_id), right="use")
    return owner, user, profile, tokens.obtain(owner, profile.id).access_token.reveal()


def spellings(token):
    """The token whole, and the part of it that makes it one."""
    return token, token.rsplit(".", 1)[1]


def test_no_page_that_its_user_opens_holds_it(shared):
    owner, user, profile, token = shared
    page, client = f"/profiles/{profile.id}/", prove(signed_in(user))
    echo = {"method": "POST", "path": "/echo", "sends_token": "on", "body": "x", "headers": "X-A: b"}
    orders = {"method": "GET", "path": "/orders", "sends_token": "on"}
    answers = [client.get(page), client.post(f"{page}token/"), client.post(f"{page}token/", {"fresh": "1"})]
    answers += [client.post(f"{page}call/", fields) for fields in (echo, orders)]
    renewed = tokens.obtain(owner, profile.id).access_token.reveal()
    made = [calls.send(user, profile.id, ApiCall("GET", path)) for path in ("/orders", "/echo")]
    for sent in made:
        case = cases.create(user, sent.attempt_id, title="Case", note=f"it is {renewed}")
        answers += [client.get(f"/calls/{sent.attempt_id}/"), client.get(f"/cases/{case.id}/")]
    assert "authorization" in answers[-2].text.lower()  # the echo tells of it, masked
    answers += [client.get(path) for path in ("/", "/profiles/", "/calls/", f"{page}checklist/", f"{page}sharing/")]
    answers += [client.post(f"{page}token/reveal/")]
    assert [answer.status_code for answer in answers][-1] == 403
    assert {answer.status_code for answer in answers[:-1]} == {200}
    for answer in answers:
        for secret in (*spellings(token), *spellings(renewed)):
            assert secret not in answer.text, answer.request["PATH_INFO"]


def test_no_policy_that_its_user_writes_tells_it(shared):
    _, user, profile, token = shared
    client = signed_in(user)
    data = {"policy": POLICY, "token_from": f"profile:{profile.id}", "method": "GET", "url": "https://api.example/x"}
    for headers in ({}, {"HX-Request": "true", "HX-Target": "result"}):
        answer = client.post("/policies/", data, headers=headers)
        assert answer.status_code == 200, answer.text
        assert 'id="result"' in answer.text
        for secret in spellings(token):
            assert secret not in answer.text
            assert json.dumps(secret[::-1]) not in answer.text


def test_no_condition_that_its_user_writes_tells_it_letter_by_letter(shared):
    """The verdict of a condition on the header is a letter of it; for who may see the token it is only a condition."""
    owner, user, profile, token = shared
    sent = f"Bearer {token}"
    place = next(at for at in range(len(sent) - 3, 0, -1) if sent[at] not in "Ab")

    def answers(person, letter):
        data = {"policy": condition_policy(f"{HEADER}[{place}] == '{letter}'"), "token_from": f"profile:{profile.id}"}
        shown = signed_in(person).post("/policies/", {**data, "method": "GET", "url": "https://api.example/x"})
        return sum(shown.text.count(words) for words in ("with 418", "HTTP/1.1 418", "ResponseCode: 418"))

    assert answers(owner, sent[place]) > 0
    assert answers(user, sent[place]) == answers(user, "~") == answers(owner, "~") == 0


def condition_policy(condition):
    answer = '<return-response><set-status code="418" reason="Yes" /></return-response>'
    chosen = f'<when condition="@({escape(condition, {chr(34): "&quot;"})})">{answer}</when>'
    return f"<policies><inbound><choose>{chosen}</choose></inbound></policies>"


def test_the_one_door_opens_for_who_was_given_it(shared):
    owner, user, profile, token = shared
    sharing.give(owner, "profile", profile.id, SharedWith(user.user_id), right="use", reveals_token=True)
    client = prove(signed_in(user))
    shown = client.post(f"/profiles/{profile.id}/token/reveal/").text
    assert token.rsplit(".", 1)[1] in shown
    assert token.rsplit(".", 1)[1] not in client.get(f"/profiles/{profile.id}/").text
