"""What was pasted: every kind by its shape, secrets never echoed, public vectors of other token formats."""

import base64
import json
import pathlib
import re

import pytest

from console.core.paste.recognise import PastedKind, recognise
from tests.core.tokens.wire import b64u, compact

SHARED = pathlib.Path(__file__).parents[4] / "shared" / "vectors"
TOKEN = compact({"sub": "a"})
OTHER = compact({"sub": "b"})
JWE = ".".join(map(b64u, ('{"alg":"dir","enc":"A128GCM"}', "", "iv", "text", "tag")))
PEM = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN\n-----END PRIVATE KEY-----"

KINDS = [
    ("", PastedKind.EMPTY),
    (" \n\t\u200b", PastedKind.EMPTY),
    ("Bearer ", PastedKind.EMPTY),
    (TOKEN, PastedKind.JWS),
    (f"Authorization: Bearer {TOKEN}\r\n", PastedKind.JWS),
    (f"token is {TOKEN} thanks", PastedKind.JWS),
    (f"{TOKEN}\n\n{OTHER}", PastedKind.MULTIPLE),
    (f"old: {TOKEN} new: {OTHER}", PastedKind.MULTIPLE),
    (compact({}, {"alg": "none"}, b""), PastedKind.UNSECURED),
    (JWE, PastedKind.JWE),
    (json.dumps({"access_token": TOKEN, "token_type": "Bearer"}), PastedKind.TOKEN_RESPONSE),
    (json.dumps({"error": "invalid_client"}), PastedKind.TOKEN_ERROR),
    (json.dumps({"payload": "e30", "signatures": [{"signature": "AA"}]}), PastedKind.UNKNOWN),
    ("v2.local.abc_DEF", PastedKind.PASETO),
    ("Bearer v4.public.abcdef.Zm9v", PastedKind.PASETO),
    ('<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"/>', PastedKind.SAML),
    ("abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789_.-", PastedKind.SECRET),
    (PEM, PastedKind.PRIVATE_KEY),
    (PEM.replace("\n", "\\n"), PastedKind.PRIVATE_KEY),
    (json.dumps({"kty": "RSA", "n": "AQ", "e": "AQAB", "d": "AQ"}), PastedKind.PRIVATE_KEY),
    ("0.AXEAreference-token-0123456789", PastedKind.OPAQUE),
    ("error=invalid_code", PastedKind.TOKEN_ERROR),
    ("hello", PastedKind.UNKNOWN),
    ("what does this mean?", PastedKind.UNKNOWN),
    ("<html><body>502</body></html>", PastedKind.WEB_PAGE),
    ("x" * 300_000, PastedKind.TOO_LARGE),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_what_was_pasted_is_recognised_by_its_shape(text, kind):
    assert recognise(text).kind is kind


@pytest.mark.parametrize(
    "text", [PEM, "abc8Q~dEfGhIjKlMnOpQrStUvWxYz0123456789_.-", '{"kty":"oct","k":"c2VjcmV0LXNlY3JldA"}']
)
def test_a_secret_is_warned_about_and_never_kept(text):
    pasted = recognise(text)
    assert pasted.is_sensitive
    assert pasted.items == ()
    assert "replace it" in pasted.notes[0]
    assert text[8:40] not in repr(pasted)


def test_a_token_response_gives_its_tokens_and_hides_the_refresh_token():
    pasted = recognise(
        json.dumps({"access_token": TOKEN, "id_token": OTHER, "refresh_token": "0.Asecret", "expires_in": 3599})
    )
    assert [(item.label, item.token.claims) for item in pasted.items] == [
        ("access_token", {"sub": "a"}),
        ("id_token", {"sub": "b"}),
    ]
    assert pasted.value == {"access_token": "***", "id_token": "***", "refresh_token": "***", "expires_in": 3599}


def test_an_opaque_access_token_in_a_response_is_said_to_be_opaque():
    pasted = recognise('{"access_token":"ya29.a0AfH6SMBx","token_type":"Bearer"}')
    assert pasted.notes[0].startswith("Opaque token: there is nothing to decode.")


def test_an_opaque_token_is_not_echoed_in_full():
    pasted = recognise("ya29.a0AfH6SMBxQ1exampleexampleexampleexample")
    assert pasted.preview == "ya29… (45 characters)"
    assert "introspection" in pasted.notes[0]


def test_the_sizes_of_an_encrypted_token_are_told():
    assert "content cannot be read without the key. Bytes of its parts: 29, 0, 2, 4, 3." in recognise(JWE).notes[-1]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the public vectors are not beside this checkout")
def test_no_public_paseto_or_saml_vector_is_taken_for_a_jwt():
    pasetos = [
        test["token"] for file in (SHARED / "paseto").glob("v?.json") for test in json.loads(file.read_text())["tests"]
    ]
    samls = [file.read_text() for file in (SHARED / "saml").glob("*.base64") if "deflated" not in file.name]
    readable = [token for token in pasetos if token.count(".") in (2, 3)]
    assert {recognise(token).kind for token in readable} <= {PastedKind.PASETO, PastedKind.OPAQUE}
    assert sum(recognise(token).kind is PastedKind.PASETO for token in readable) > 50
    assert {recognise(text).kind for text in samls} == {PastedKind.SAML}


def test_header_lines_with_a_challenge_are_a_refusal():
    lines = (
        'Date: Mon, 05 Jan 2026 10:00:00 GMT\nWWW-Authenticate: Bearer error="insufficient_scope"\nContent-Length: 0'
    )
    pasted = recognise(lines)
    assert pasted.kind is PastedKind.HTTP_MESSAGE
    assert [one.status for one in pasted.exchanges] == [403]
    assert recognise(lines.replace("WWW-Authenticate: Bearer", "X-Quay: Bearer")).exchanges == ()


def test_the_number_of_an_error_is_no_header():
    pasted = recognise("WWW-Authenticate: Bearer\nAADSTS50105: The user is not assigned to a role of the quay.")
    assert pasted.kind is PastedKind.TOKEN_ERROR


_LONG = compact({"iss": "https://id.example", "aud": "api://orders", "pad": "x" * 120}, signature=b"s" * 32)
_PACKED = base64.b64encode(_LONG.encode()).decode()


@pytest.mark.parametrize(
    "text",
    [
        _PACKED,
        f"apiVersion: v1\nkind: Secret\ndata:\n  token: {_PACKED}",
        f'String token = "{_LONG[:90]}" +\n    "{_LONG[90:]}";',
        f'$token = "{_LONG[:90]}" .\n  "{_LONG[90:]}";',
        f"TOKEN = (\n    '{_LONG[:90]}'\n    '{_LONG[90:]}'\n)",
        f'token := "{_LONG[:90]}" +\n\t"{_LONG[90:]}"',
    ],
)
def test_a_token_is_found_in_base64_and_where_a_program_puts_it_together(text):
    assert [token.text for token in recognise(text).tokens] == [_LONG]


@pytest.mark.parametrize("name", ["Authorization: ", "proxy-authorization=", "", "'"])
def test_a_name_and_its_password_are_a_secret(name):
    packed = base64.b64encode(b"client-1:correct horse").decode()
    found = recognise(f"{name}Basic {packed}{name[:1] if name == chr(39) else ''}")
    assert found.is_sensitive and found.kind is PastedKind.SECRET
    assert not recognise(f"{name}Basic {base64.b64encode(b'no password:').decode()}").is_sensitive


CLIENT, TENANT = "55b66314-fcee-42a1-a78c-91c008bb00a8", "8b1807f9-ca4e-4599-805a-ab71e754d3d4"


@pytest.mark.parametrize(
    ("text", "is_sensitive"),
    [
        (json.dumps({"AzureAd": {"TenantId": TENANT, "ClientId": CLIENT, "Audience": "api://orders"}}), False),
        (f"Hello,\n\nClient ID: {CLIENT}\nTenant ID: {TENANT}\n\nRegards", False),
        (f"AZURE_TENANT_ID={TENANT}\nAZURE_CLIENT_ID={CLIENT}\nAZURE_CLIENT_SECRET=abc8Q~{'x' * 34}", True),
        (f"Client ID: {CLIENT}\nSubscription key: {'0a' * 16}\n", True),
    ],
)
def test_what_sets_up_a_client_is_told_where_it_belongs_and_a_secret_in_it_is_one(text, is_sensitive):
    found = recognise(text)
    assert found.is_sensitive is is_sensitive and "new profile" in found.notes[0].lower()
    assert not re.search("8Q~|0a0a", str(found))


REFUSED_SECRET = '{"error":"invalid_client","error_description":"AADSTS7000222: The secret keys are expired."}'
NO_KEY = 'HTTP/1.1 401 Unauthorized\n{ "statusCode": 401, "message": "Access denied due to missing subscription key." }'


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (f"Test says:\n{REFUSED_SECRET}\n\nand production\n{NO_KEY}", ["token_refused", "unauthorized"]),
        (f"So AADSTS7000222 it is.\n\nHTTP/1.1 401 Unauthorized\n{REFUSED_SECRET}", ["token_refused"]),
        (NO_KEY, ["unauthorized"]),
    ],
)  # fmt: skip
def test_a_token_error_and_the_answer_of_an_api_behind_it_are_two_failures(text, problems):
    found = recognise(text)
    assert [one.problem.value for one in found.exchanges] == problems
    assert ("AADSTS" in str(found.exchanges[-1].evidence)) is (problems[-1] == "token_refused")


def test_several_policies_are_counted_and_one_is_asked_for():
    policy = '<validate-jwt header-name="A"><audiences><audience>a</audience></audiences></validate-jwt>'
    pasted = recognise(f"Wrong:\n```xml\n{policy}\n```\nRight:\n```xml\n{policy}\n```")
    assert (pasted.kind, pasted.policy) == (PastedKind.UNKNOWN, "")
    assert pasted.notes == (
        "The text holds 2 gateway policies: paste the one whose answer you want to know on the page Policy, or here.",
    )
