"""The inspector's page: what to judge by, where keys come from, files, decryption; and what never comes back."""

import contextlib
import html
import json
import re

import pytest
from cryptography.hazmat.primitives import serialization
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from joserfc import jwe
from joserfc.jwk import OctKey, RSAKey

from console.models import Person
from console.services import decrypting, profiles
from console.services.tokens import obtain
from console.web import uploads
from console.web.forms.base import FILE_AGAIN
from console.web.forms.inspection import MAX_UPLOAD
from tests.core.tokens.keys_for_tests import jwk, rsa_key, signed
from tests.services.builders import person, with_samples
from tests.web.people import HTMX, signed_in

pytestmark = pytest.mark.django_db

NOW = 1_900_000_000
CLAIMS = {
    "iss": "https://idp.example",
    "aud": "api://mine",
    "azp": "client-1",
    "sub": "ada@example.com",
    "iat": NOW - 60,
    "nbf": NOW - 60,
    "exp": NOW + 60,
    "tid": "11111111-2222-4333-8444-555555555555",
}
TOKEN = signed(rsa_key(), "RS256", CLAIMS, kid="key-1")
KEYS = json.dumps({"keys": [jwk(rsa_key(), kid="key-1")]})
PRIVATE = (
    rsa_key()
    .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    .decode()
)
TYPED = {"against": "typed", "audiences": "api://mine", "issuers": "https://idp.example"}


@pytest.fixture
def visitor(time_machine):
    time_machine.move_to(NOW, tick=False)
    return signed_in(person("visitor@example.com"))


@pytest.fixture
def sample():
    actor = with_samples()
    profile = next(one for one in profiles.list_profiles(actor) if one.name == "Sample: orders with a secret")
    return actor, signed_in(actor), profile


def page(client, status=200, **data):
    answer = client.post("/inspect/", data)
    assert answer.status_code == status
    return answer.content.decode()


def words(text):
    """What somebody reads, without markup."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.replace("<wbr>", ""))).split())


def verdict(text):
    return words(re.search(r'<h2 id="verdict-title">(.*?)</h2>', text, re.DOTALL)[1])


POLICY = (
    '<policies><inbound><validate-jwt header-name="Authorization" failed-validation-httpcode="401">\n'
    "<audiences><audience>api://orders</audience></audiences></validate-jwt></inbound></policies>"
)


@pytest.mark.parametrize(
    ("before", "after", "button"),
    [
        ("", "", "Judge a token by it"),
        ("Why a 401 with this?\n\n", f"\nand this token\n{TOKEN}", "Judge the token by it"),
    ],
)
def test_a_policy_is_named_and_judged_on_its_page_with_the_token_beside_it(visitor, before, after, button):
    shown = page(visitor, text=f"{before}{POLICY}{after}")
    assert "gateway policy" in shown.lower() and "What is known does not decide" not in shown
    assert words(re.search(r'id="judge-by-policy">(.*?)<', shown)[1]) == button
    sent = {name: html.unescape(re.search(rf'name="{name}" value="([^"]*)"', shown)[1]) for name in ("policy", "token")}
    assert sent == {"policy": POLICY, "token": TOKEN if after else ""}
    judged = visitor.post("/policies/", sent)
    assert judged.status_code == 200 and "The gateway would refuse this call" in judged.content.decode()


def test_a_policy_beside_an_answer_that_refuses_leaves_the_answer_its_place(visitor):
    answer = 'HTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer error="invalid_token"\n\n'
    shown = page(visitor, text=f"{answer}{POLICY}")
    assert "judge-by-policy" not in shown and "answered 401" in words(shown)


def file(name, content):
    return SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_the_console_itself_says_of_a_paste_is_ascii_which_is_put_together_and_sent_quicker(visitor, headers):
    assert visitor.post("/inspect/", {"text": TOKEN}, headers=headers).content.isascii()


def test_a_token_is_only_decoded_when_nothing_is_chosen(visitor):
    shown = page(visitor, text=TOKEN)
    assert verdict(shown) == "i Nothing is wrong with the token as such"
    assert "judged by" not in shown


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({}, "! The claims are what the API you described wants; the signature is not verified"),
        ({"keys": "given", "key_text": KEYS}, "✓ The API you described would accept this token"),
        ({"key_text": KEYS}, "✓ The API you described would accept this token"),
        ({"key_file": KEYS}, "✓ The API you described would accept this token"),
        ({"audiences": "api://other"}, "✕ The API you described would refuse this token"),
        ({"issuers": "https://other.example"}, "✕ The API you described would refuse this token"),
        ({"authorized_parties": "client-2"}, "✕ The API you described would refuse this token"),
        ({"roles": "Orders.Read"}, "✕ The API you described would refuse this token"),
        ({"scopes": "orders"}, "✕ The API you described would refuse this token"),
        ({"tenant": "8b1807f9-ca4e-4599-805a-ab71e754d3d4"}, "✕ The API you described would refuse this token"),
    ],
)
def test_typed_expectations_judge_with_keys_given_by_hand(visitor, change, title):
    data = {**TYPED, "text": TOKEN, **change}
    if "key_file" in data:
        data["key_file"] = file("keys.json", data["key_file"])
    shown = page(visitor, **data)
    assert verdict(shown) == title
    assert "judged by what you typed" in words(shown)


def test_what_is_typed_counts_without_being_chosen_and_stays_in_the_form(visitor):
    shown = page(visitor, text=TOKEN, audiences="api://other")
    assert verdict(shown) == "✕ The API you described would refuse this token"
    assert '<details class="plain" id="typed" open>' in shown
    assert re.search(r'<textarea name="audiences"[^>]*>\s*api://other</textarea>', shown)


@pytest.mark.parametrize(("late_s", "is_expired"), [(29, False), (30, False), (31, True)])
def test_the_leeway_counts_and_is_drawn_and_told(visitor, time_machine, late_s, is_expired):
    time_machine.move_to(NOW + 60 + late_s, tick=False)
    shown = page(visitor, text=TOKEN, **TYPED, leeway_s="30")
    assert ("would refuse" in verdict(shown)) is is_expired
    assert shown.count('class="leeway"') == 2
    assert "leeway 30 s at both ends" in words(shown)


def test_a_shared_secret_is_used_when_it_is_called_one_and_never_comes_back(visitor):
    secret = "a-shared-secret-of-more-than-32-bytes"
    token = signed(OctKey.import_key(secret).raw_value, "HS256", CLAIMS)
    shown = page(visitor, text=token, **TYPED, key_text=secret, given_as="text")
    assert "The signature is verified with the issuer's key" in words(shown)
    assert secret not in shown
    unsaid = page(visitor, text=token, **TYPED, key_text=secret)
    assert "No key is recognised in this" in words(unsaid)
    assert secret not in unsaid


@pytest.mark.parametrize("field", ["key_text", "decryption_key"])
def test_a_private_key_never_comes_back(visitor, field):
    for more in ({}, {"against": "typed"}, {"against": "api:unknown"}):
        answer = visitor.post("/inspect/", {"text": TOKEN, field: PRIVATE, **more})
        assert "BEGIN PRIVATE KEY" not in answer.content.decode()
        assert PRIVATE.splitlines()[1] not in answer.content.decode()


def test_a_pasted_private_key_takes_the_text_away_and_leaves_the_choices(visitor):
    shown = page(visitor, text=PRIVATE, **TYPED, key_text="my key")
    assert PRIVATE.splitlines()[1] not in shown
    assert "my key" not in shown
    assert re.search(r'<textarea name="issuers"[^>]*>\s*https://idp.example</textarea>', shown)


def test_an_api_or_a_profile_judges_with_keys_fetched_on_command_and_then_stored(sample):
    actor, client, profile = sample
    token = obtain(actor, profile.id).access_token.reveal()
    for choice in (f"api:{profile.api_id}", f"profile:{profile.id}"):
        shown = page(client, text=token, against=choice, keys="fetched")
        assert "would accept this token" in verdict(shown)
        assert "Signing keys: " in shown
        assert "would accept this token" in verdict(page(client, text=token, against=choice))
    typed = page(client, text=token, audiences="x", keys_of=f"profile:{profile.id}")
    assert "The signature is verified" in words(typed)


def test_what_was_typed_and_not_used_is_said(sample):
    _, client, profile = sample
    shown = page(client, text=TOKEN, against=f"api:{profile.api_id}", audiences="x")
    assert "The typed expectations were not used" in words(shown)


@pytest.mark.parametrize(("query", "chosen"), [("api", "api_id"), ("profile", "id")])
def test_an_address_may_name_what_to_judge_against(sample, query, chosen):
    _, client, profile = sample
    value = getattr(profile, chosen)
    shown = client.get("/inspect/", {query: value}).content.decode()
    assert f'<option value="{query}:{value}" selected>' in shown
    assert client.get("/inspect/", {query: "<script>"}).status_code == 200


def test_what_belongs_to_a_stranger_is_not_offered(visitor, sample):
    _, _, profile = sample
    shown = page(visitor, 422, text=TOKEN, against=f"profile:{profile.id}")
    assert "is not offered here" in shown
    assert "is not offered here" in page(visitor, 422, text=TOKEN, keys_of=f"profile:{profile.id}")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "Paste a token, an answer, a command or a log first, or choose a file."),
        ({"text": "kept", "against": "typed"}, "Type at least one expectation below, or choose something else."),
        ({"text": "kept", "keys": "given"}, "Paste the keys, or choose a key file."),
        ({"text": "kept", "leeway_s": "3601", "tenant": "kept too"}, "less than or equal to 3600"),
        ({"text": "kept", "token_version": "3.0", "tenant": "kept too"}, "is not offered here"),
    ],
)
def test_an_error_is_told_and_keeps_what_was_typed(visitor, data, told):
    shown = page(visitor, 422, **data)
    assert told in html.unescape(shown)
    assert 'value="kept too"' in shown or "tenant" not in data
    if "text" in data:
        assert re.search(r'<textarea name="text"[^>]*>\s*kept</textarea>', shown)
    fragment = visitor.post("/inspect/", data, headers=HTMX)
    assert (fragment.status_code, told in html.unescape(fragment.content.decode())) == (422, True)


def test_a_file_is_read_in_place_of_the_box(visitor):
    for content in (TOKEN.encode(), TOKEN.encode("utf-16"), b"\xef\xbb\xbf" + TOKEN.encode()):
        assert "api://mine" in page(visitor, upload=file("token.txt", content))
    shown = page(visitor, upload=file("token.txt", TOKEN), text="something else")
    assert "so the file was read and not the text in the box" in words(shown)
    assert "Not recognised" in page(visitor, upload=file("x.bin", b"\x00\xff\xfe nothing"))


def test_a_file_of_an_error_must_be_chosen_again(visitor):
    assert FILE_AGAIN in page(visitor, 422, upload=file("t.txt", TOKEN), against="typed")


def har(count):
    request = {"method": "GET", "url": "https://api.example/x", "headers": [], "cookies": []}
    entry = {"request": request, "response": {"status": 200, "headers": [], "content": {"text": "y" * 1_000}}}
    log = {"log": {"version": "1.2", "entries": [entry] * count}}
    return json.dumps(log)


def test_a_har_larger_than_a_form_may_be_is_read_from_memory(visitor, monkeypatch):
    monkeypatch.setattr("tempfile.NamedTemporaryFile", None)  # a temporary file would fail
    monkeypatch.setattr("django.core.files.uploadedfile.TemporaryUploadedFile.__init__", None)
    archive = har(2_500)
    assert 512 * 1024 < len(archive) < MAX_UPLOAD
    assert "HAR file" in page(visitor, upload=file("a.har", archive))


def test_a_larger_file_is_refused_before_it_is_read_and_only_here_may_it_be_large(visitor, sample, monkeypatch):
    monkeypatch.setattr("console.web.uploads.FORM_BYTES", -MAX_UPLOAD + 1024 * 1024)
    answer = visitor.post("/inspect/", {"upload": file("a.har", "x" * 1024 * 1024)})
    assert (answer.status_code, "files 1 MB" in answer.content.decode()) == (413, True)
    _, client, profile = sample
    answer = client.post(f"/profiles/{profile.id}/key-file/", {"key_file": file("a.pem", "x" * 600_000)})
    assert answer.status_code == 413


@pytest.fixture
def crowd():
    """As many other large uploads as the console reads at once."""
    with contextlib.ExitStack() as held:
        for number in range(4):
            assert held.enter_context(uploads.LARGE_AT_ONCE.hold(f"another {number}"))
        yield


def test_only_a_few_large_files_are_read_at_once(visitor, crowd):
    archive = har(2_500)
    assert len(archive) > uploads.LARGE_BYTES
    for headers in (None, HTMX):
        answer = visitor.post("/inspect/", {"upload": file("a.har", archive)}, headers=headers)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, str(uploads.WAIT_S))
        told = words(answer.content.decode())
        assert "The console is reading other large files at this moment." in told
        assert f"Send the file again in {uploads.WAIT_S} seconds" in told
    assert "api://mine" in page(visitor, upload=file("token.txt", TOKEN))


def test_a_large_file_gives_its_place_back_even_when_it_is_refused(visitor, monkeypatch):
    for _ in range(5):
        assert "HAR file" in page(visitor, upload=file("a.har", har(2_500)))
    monkeypatch.setattr("console.web.uploads.FORM_BYTES", -MAX_UPLOAD + 1024 * 1024)
    codes = [visitor.post("/inspect/", {"upload": file("a.har", har(2_500))}).status_code for _ in range(5)]
    assert codes == [413] * 5


@pytest.mark.parametrize("told", ["", "x", "-1", "9" * 20, "٣"])
def test_a_length_that_is_no_number_crashes_nothing(visitor, told):
    assert visitor.post("/inspect/", {"text": TOKEN}, CONTENT_LENGTH=told).status_code < 500


def test_a_large_file_from_elsewhere_is_refused():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(Person.objects.get(pk=person().user_id))
    answer = strict.post("/inspect/", {"upload": file("token.txt", TOKEN)})
    assert answer.status_code == 403
    assert "did not come from a page of your current session" in answer.content.decode()


def test_the_size_is_shown_with_shares_limits_and_what_is_unconfirmed(visitor):
    told = words(page(visitor, text=signed(rsa_key(), "RS256", {**CLAIMS, "groups": ["g" * 36] * 200})))
    assert "groups (payload)" in told
    assert "Apache HTTP Server 8,190 bytes for one header line" in re.sub(r"! ", "", told)
    assert "(unconfirmed)" in told
    assert "it is refused by: Apache HTTP Server" in told


def test_the_copies_hold_no_signature_and_no_person_where_they_say_so(visitor):
    shown = page(visitor, text=TOKEN)
    copies = {key: words(re.search(f'id="copy-{key}">(.*?)</span>', shown, re.DOTALL)[1]) for key in COPIES}
    head, body, _ = TOKEN.split(".")
    assert copies["whole"] == TOKEN
    assert copies["unsigned"] == f"{head}.{body}."
    assert json.loads(copies["claims"]) == CLAIMS
    masked = json.loads(copies["masked"])
    assert masked["sub"].startswith("anon-")
    assert {**masked, "sub": CLAIMS["sub"]} == CLAIMS
    assert "1 personal value hidden (sub)." in shown


COPIES = ("whole", "unsigned", "claims", "masked")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (str(NOW), False),
        (str(NOW + 5), False),
        (str(NOW + 6), "The browser is 6 seconds ahead of this console"),
        (str(NOW + 600), "by that clock the token is expired"),
        ("", None),
        ("x" * 30, None),
    ],
)
def test_a_browser_whose_clock_disagrees_is_told(visitor, sent, told):
    shown = words(page(visitor, text=TOKEN, browser_now=sent))
    assert ("The browser" in shown) is (told is not None)
    if told:
        assert told in shown
    else:
        assert "ahead of this console" not in shown


SHARED = OctKey.generate_key(256)


def encrypted(content):
    return jwe.encrypt_compact({"alg": "dir", "enc": "A256GCM", "cty": "JWT"}, content, SHARED)


def test_an_encrypted_token_is_opened_with_a_key_and_its_content_judged(visitor):
    closed = page(visitor, text=encrypted(TOKEN), **TYPED)
    assert 'name="decryption_key"' in closed
    assert 'form="inspect-form"' in closed
    key = SHARED.as_dict(private=True)["k"]
    opened = page(visitor, text=encrypted(TOKEN), **TYPED, decryption_key=key, key_text=KEYS)
    assert "Token 2 of 2: inside the encrypted token" in words(opened)
    assert "The API you described would accept this token" in words(opened)
    assert key not in opened


def test_content_that_is_no_token_is_shown_as_text(visitor):
    key = SHARED.as_dict(private=True)["k"]
    shown = words(page(visitor, text=encrypted('{"sub": "<b>a</b>"}'), decryption_key=key))
    assert 'Decrypted content { "sub": "<b>a</b>" }' in shown
    assert "no signature says who wrote them" in shown


def test_a_wrong_key_is_a_sentence_and_does_not_come_back(visitor):
    wrong = RSAKey.generate_key(2048).as_pem(private=True).decode()
    shown = page(visitor, text=encrypted(TOKEN), decryption_key=wrong)
    assert 'id="decrypt-problem"' in shown
    assert wrong.splitlines()[1] not in shown
    assert "holds no encrypted token" in words(page(visitor, text=TOKEN, decryption_key="x"))


def test_while_one_token_is_decrypted_another_waits_its_turn(visitor):
    key = SHARED.as_dict(private=True)["k"]
    with decrypting.ONE_AT_A_TIME:
        assert "Another token is being decrypted at this moment" in page(
            visitor, text=encrypted(TOKEN), decryption_key=key
        )
    assert "Token 2 of 2" in words(page(visitor, text=encrypted(TOKEN), decryption_key=key))


def test_a_token_alone_shows_no_field_for_a_key(visitor):
    assert 'name="decryption_key"' not in page(visitor, text=TOKEN)


def test_claims_without_their_token_are_judged_and_no_key_is_asked_for(visitor):
    page = visitor.post("/inspect/", {**TYPED, "text": json.dumps(CLAIMS)}).content.decode()
    assert "Decoded token (claims without a signature)" in page and "Fetch the keys" not in page
    assert "signature is not verified" in page and "the claims came decoded" in page
    assert "ada@example.com" in page and 'id="encoded"' not in page
    refused = visitor.post("/inspect/", {**TYPED, "audiences": "api://other", "text": repr(CLAIMS)}).content.decode()
    assert "would refuse this token" in refused
