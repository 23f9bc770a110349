"""The sandbox's Maskinporten: each rule with the last thing it lets through and the first it refuses."""

import base64
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.x509.oid import NameOID, ObjectIdentifier

from console.core.exchange import Request
from console.sandbox.providers.samples import CLOSED, CUSTOMER, FOREIGN, LOGIN, READ, REPORTS, STRANGER, SUPPLIER, WRITE
from console.sandbox.registered import TrustedCertificate
from console.sandbox.signed_text import thumbprint
from tests.sandbox.builders import BASE, NOW, decode, key_pair
from tests.sandbox.providers.builders import metadata, post, public_key, registrations, signed, told, visited, world

ISSUER = f"{BASE}/maskinporten/"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
SIDE = registrations().maskinporten
BY_KEY, BY_CERTIFICATE = SIDE.clients
SYSTEM_USER = {
    "type": "urn:altinn:systemuser",
    "systemuser_org": {"authority": "iso6523-actorid-upis", "ID": f"0192:{CUSTOMER}"},
}
CONSENT = {"type": "urn:altinn:consent", "id": SIDE.consents[0].id, "from": SIDE.consents[0].given_by}


def claims(**changes: Any) -> dict[str, Any]:
    made = {"aud": ISSUER, "iss": BY_KEY.id, "iat": NOW, "exp": NOW + 100, "jti": "one", "scope": READ}
    return {**made, **changes}


def grant(*, key: str = "client", header: dict[str, Any] | None = None, alg: str = "RS256", **changes: Any) -> str:
    return signed(claims(**changes), key=key, header=header, alg=alg)


def ask(assertion: str, *, now: int = NOW, state=None, **form: str):
    return visited(post("/maskinporten/token", {"grant_type": GRANT, "assertion": assertion, **form}), state, now=now)


def refusal(assertion: str, **rest: Any) -> tuple[int, str, str]:
    """Status, error and MP code ("" without)."""
    answer, _ = ask(assertion, **rest)
    body = told(answer)
    return answer.status, body.get("error", ""), body.get("error_uri", "").rpartition("/")[2]


def token_claims(assertion: str, **rest: Any) -> dict[str, Any]:
    answer, _ = ask(assertion, **rest)
    assert answer.status == 200, answer.body
    return decode(told(answer)["access_token"])[1]


def test_the_metadata_is_small_and_names_only_what_answers():
    document = metadata("/maskinporten/.well-known/oauth-authorization-server")
    assert document["issuer"] == ISSUER
    assert "authorization_endpoint" not in document
    assert document["grant_types_supported"] == [GRANT]
    assert document["token_endpoint_auth_methods_supported"] == ["private_key_jwt"]
    assert visited(Request("GET", document["jwks_uri"]))[0].status == 200
    assert visited(Request("POST", document["token_endpoint"]))[0].status == 400


def test_a_token_is_the_one_composed_from_real_ones():
    answer, _ = ask(grant())
    body = told(answer)
    token = body.pop("access_token")
    assert body == {"token_type": "Bearer", "expires_in": 119, "scope": READ}
    header, made = decode(token)
    assert header.keys() == {"kid", "alg"}
    assert header["alg"] == "RS256"
    assert made.pop("jti")
    assert made == {
        "iss": ISSUER,
        "client_id": BY_KEY.id,
        "client_amr": "private_key_jwt",
        "token_type": "Bearer",
        "scope": READ,
        "consumer": {"authority": "iso6523-actorid-upis", "ID": f"0192:{SUPPLIER}"},
        "iat": NOW,
        "exp": NOW + 120,
    }


TAKEN = {
    "aud as a list of one": {"aud": [ISSUER]},
    "life of 120 seconds": {"iat": NOW, "exp": NOW + 120},
    "ten seconds ahead": {"iat": NOW + 10, "exp": NOW + 100},
    "ended ten seconds ago": {"iat": NOW - 100, "exp": NOW - 10},
    "without a jti": {"jti": None},
    "with nbf, which the sidecar of NAIS sends": {"nbf": NOW},
}


@pytest.mark.parametrize("changes", TAKEN.values(), ids=TAKEN)
def test_what_lies_just_inside_is_taken(changes):
    assert ask(grant(**changes))[0].status == 200


REFUSED = {
    "aud without the slash": ({"aud": ISSUER[:-1]}, "invalid_grant", "MP-110"),
    "aud is the token endpoint": ({"aud": f"{ISSUER}token"}, "invalid_grant", "MP-110"),
    "aud of another environment": ({"aud": "https://maskinporten.no/"}, "invalid_grant", "MP-110"),
    "aud with two values": ({"aud": [ISSUER, "https://other.example"]}, "invalid_grant", "MP-110"),
    "life of 121 seconds": ({"exp": NOW + 121}, "invalid_grant", ""),
    "eleven seconds ahead": ({"iat": NOW + 11}, "invalid_grant", ""),
    "ended eleven seconds ago": ({"iat": NOW - 100, "exp": NOW - 11}, "invalid_grant", "MP-130"),
    "iat as text": ({"iat": str(NOW)}, "invalid_request", "MP-011"),
    "no scope": ({"scope": None}, "invalid_request", "MP-011"),
    "scope with a line break": ({"scope": f"{READ}\n"}, "invalid_request", "MP-011"),
    "scope as a list": ({"scope": [READ]}, "invalid_request", "MP-011"),
    "consumer_org with its prefix": ({"consumer_org": f"0192:{CUSTOMER}"}, "invalid_request", "MP-011"),
    "pid of ten digits": ({"pid": "0789901005"}, "invalid_request", "MP-011"),
    "resource as a number": ({"resource": 1}, "invalid_request", "MP-011"),
    "iss_onbehalfof": ({"iss_onbehalfof": "somebody"}, "invalid_request", "MP-011"),
    "a claim that is not documented": ({"sub": BY_KEY.id}, "invalid_grant", ""),
    "unknown client": ({"iss": "nobody"}, "invalid_grant", "MP-100"),
    "no client": ({"iss": None}, "invalid_grant", "MP-100"),
    "scope not on the client": ({"scope": f"{READ} {FOREIGN}"}, "invalid_scope", "MP-200"),
    "scope that nobody has": ({"scope": "sandbox:typo"}, "invalid_scope", "MP-200"),
    "scope of another type of client": ({"scope": LOGIN}, "invalid_scope", "MP-201"),
    "own organisation as the customer": ({"consumer_org": SUPPLIER}, "invalid_request", ""),
}


@pytest.mark.parametrize(("changes", "error", "code"), REFUSED.values(), ids=REFUSED)
def test_what_lies_just_outside_is_refused_with_its_code(changes, error, code):
    assert refusal(grant(**changes)) == (400, error, code)


def test_access_that_the_owner_or_the_customer_has_not_given_is_forbidden():
    assert refusal(grant(scope=CLOSED)) == (403, "invalid_scope", "MP-250")
    assert refusal(grant(scope=READ, consumer_org=STRANGER)) == (403, "invalid_scope", "MP-250")
    assert refusal(grant(scope=WRITE, consumer_org=CUSTOMER)) == (403, "invalid_scope", "MP-251")
    answer, _ = ask(grant(scope=WRITE, consumer_org=CUSTOMER))
    assert (
        f"Consumer {CUSTOMER} has not delegated access to the scope {WRITE} to supplier {SUPPLIER}"
        in told(answer)["error_description"]
    )


def test_a_refusal_names_its_code_in_error_uri_and_a_trace_in_its_text():
    body = told(ask(grant(aud=ISSUER[:-1]))[0])
    assert body["error_uri"] == f"{ISSUER}errors/MP-110"
    text, _, trace = body["error_description"].partition(" (trace_id: ")
    assert text == "Invalid assertion. Client authentication failed. Invalid JWT claim aud"
    assert len(trace) == 33


def test_a_grant_is_good_once_by_its_jti_and_without_one_by_its_text():
    for changes in ({}, {"jti": None}):
        first, after = ask(grant(**changes))
        assert first.status == 200
        assert refusal(grant(**changes), state=after) == (400, "invalid_grant", "MP-012")
        assert ask(grant(jti="two"), state=after)[0].status == 200
        assert refusal(grant(exp=NOW + 90, **{"jti": "one", **changes}), state=after)[2] == (
            "MP-012" if changes == {} else ""
        )


def test_a_grant_that_got_no_token_may_come_again():
    _, after = ask(grant(scope=CLOSED))
    assert ask(grant(), state=after)[0].status == 200


def test_it_is_not_refused_for_being_used_once_nobody_would_take_it_any_more():
    _, after = ask(grant())
    assert refusal(grant(), state=after, now=NOW + 110)[2] == "MP-012"
    assert refusal(grant(), state=after, now=NOW + 111)[2] == "MP-130"


def test_a_customer_who_delegated_is_the_consumer_and_the_client_the_supplier():
    made = token_claims(grant(consumer_org=CUSTOMER))
    assert made["consumer"]["ID"] == f"0192:{CUSTOMER}"
    assert made["supplier"] == {"authority": "iso6523-actorid-upis", "ID": f"0192:{SUPPLIER}"}
    assert made["delegation_source"] == "https://tt02.altinn.no/"


@pytest.mark.parametrize(
    ("asked", "audience"), [("https://api.example", "https://api.example"), (["https://a", "https://b"],) * 2]
)
def test_a_resource_becomes_the_audience(asked, audience):
    assert token_claims(grant(resource=asked))["aud"] == audience


def test_a_person_goes_into_the_token_and_the_shortest_life_of_the_scopes_counts():
    assert token_claims(grant(pid="07899010056"))["pid"] == "07899010056"
    assert token_claims(grant(scope=REPORTS))["exp"] == NOW + 600
    assert token_claims(grant(scope=f"{REPORTS} {READ}"))["exp"] == NOW + 120


DETAILS = {
    "unknown type": ([{"type": "urn:other"}], "MP-301"),
    "no type": ([{}], "MP-301"),
    "unknown field": ([{**SYSTEM_USER, "more": 1}], "MP-302"),
    "authority of another": ([{**SYSTEM_USER, "systemuser_org": {"authority": "x", "ID": "0192:1"}}], "MP-303"),
    "id in small letters": (
        [{**SYSTEM_USER, "systemuser_org": {"authority": "iso6523-actorid-upis", "id": f"0192:{CUSTOMER}"}}],
        "MP-303",
    ),
    "a number without its prefix": (
        [{**SYSTEM_USER, "systemuser_org": {"authority": "iso6523-actorid-upis", "ID": CUSTOMER}}],
        "MP-303",
    ),
    "two at once": ([SYSTEM_USER, SYSTEM_USER], "MP-303"),
    "an unknown consent": ([{**CONSENT, "id": "other"}], "MP-303"),
    "consent of somebody else": ([{**CONSENT, "from": "urn:altinn:person:identifier-no:1"}], "MP-303"),
    "consent without its giver": ([{"type": CONSENT["type"], "id": CONSENT["id"]}], "MP-303"),
}


@pytest.mark.parametrize(("details", "code"), DETAILS.values(), ids=DETAILS)
def test_authorization_details_are_read_strictly(details, code):
    assert refusal(grant(authorization_details=details)) == (400, "invalid_authorization_details", code)


def test_an_organisation_without_a_system_user_is_a_mismatch_at_altinn():
    other = {**SYSTEM_USER, "externalRef": "branch-3"}
    expected = (400, "invalid_altinn_customer_configuration", "MP-303")
    assert refusal(grant(authorization_details=[other])) == expected


def test_a_system_user_goes_into_the_token_and_the_consumer_stays_the_vendor():
    made = token_claims(grant(authorization_details=[SYSTEM_USER]))
    assert made["consumer"]["ID"] == f"0192:{SUPPLIER}"
    assert made["authorization_details"] == [
        {**SYSTEM_USER, "systemuser_id": [SIDE.system_users[0].id], "system_id": f"{SUPPLIER}_orders"}
    ]
    second = token_claims(grant(authorization_details=[{**SYSTEM_USER, "externalRef": "branch-2"}]))
    assert second["authorization_details"][0]["systemuser_id"] == [SIDE.system_users[1].id]


def test_a_consent_goes_into_the_token_with_its_rights():
    detail = token_claims(grant(authorization_details=[CONSENT]))["authorization_details"][0]
    assert detail["to"] == f"urn:altinn:organization:identifier-no:{SUPPLIER}"
    assert detail.keys() == {"type", "id", "from", "to", "consented", "validTo", "consentRights"}


# Keys and certificates.


def test_the_key_must_be_registered_in_time_and_the_one_that_signed():
    assert refusal(grant(header={"kid": "other"})) == (400, "invalid_grant", "MP-124")
    assert refusal(grant(key="other", header={"kid": "client"})) == (400, "invalid_grant", "MP-124")
    for alg, code in (("RS384", ""), ("RS512", ""), ("PS256", "MP-124")):
        assert refusal(grant(alg=alg))[2] == code
    for until, code in ((NOW, ""), (NOW - 1, "MP-121")):
        client = replace(BY_KEY, keys=(public_key("client", until=until),))
        state = world(maskinporten=replace(SIDE, clients=(client,)))
        assert refusal(grant(), state=state)[2] == code


def test_a_client_with_a_registered_key_must_name_it():
    for header in ({}, {"x5c": ["AAAA"]}, {"kid": "client", "x5c": ["AAAA"]}):
        answer, _ = ask(grant(header=header))
        assert told(answer)["error_uri"].endswith("MP-100")
    assert "no key identifier (kid) provided" in told(ask(grant(header={}))[0])["error_description"]


ORGANISATION_ID = ObjectIdentifier("2.5.4.97")


@lru_cache
def certificate(organisation: str, *, days: int = 30, oid: ObjectIdentifier = ORGANISATION_ID) -> bytes:
    """An enterprise certificate of the key "client" in DER, valid from NOW - 10 days."""
    key = serialization.load_pem_private_key(key_pair("client").private_pem.encode(), None)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Shop"), x509.NameAttribute(oid, organisation)])
    start = datetime.fromtimestamp(NOW, UTC) - timedelta(days=10)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(9)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=days))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.DER)


def _by_certificate(der: bytes, *, chain: object = None, key: str = "client", is_known: bool = True) -> Any:
    known = (TrustedCertificate(thumbprint(x509.load_der_x509_certificate(der)), "Shop"),) if is_known else ()
    x5c = [base64.b64encode(der).decode()] if chain is None else chain
    assertion = grant(key=key, header={"x5c": x5c}, iss=BY_CERTIFICATE.id)
    return ask(assertion, state=world(maskinporten=replace(SIDE, certificates=known)))[0]


@pytest.mark.parametrize(
    "der",
    [certificate(f"NTRNO-{SUPPLIER}"), certificate(SUPPLIER, oid=NameOID.SERIAL_NUMBER)],
    ids=["2.5.4.97", "serial"],
)
def test_an_enterprise_certificate_of_the_clients_own_organisation_is_taken(der):
    answer = _by_certificate(der)
    assert answer.status == 200
    assert decode(told(answer)["access_token"])[1]["client_amr"] == "virksomhetssertifikat"


def test_a_certificate_is_refused_with_the_code_of_what_is_wrong_with_it():
    good = certificate(f"NTRNO-{SUPPLIER}")
    encoded = base64.b64encode(good).decode()

    def code(answer) -> str:
        return told(answer)["error_uri"].rpartition("/")[2]

    assert code(_by_certificate(good, chain=encoded)) == "MP-123"
    assert code(_by_certificate(good, chain=[])) == "MP-123"
    assert code(_by_certificate(good, chain=["%%%"])) == "MP-123"
    assert code(_by_certificate(good, chain=["AAAA"])) == "MP-123"
    assert code(_by_certificate(good, chain=[1])) == "MP-123"
    assert code(_by_certificate(good, is_known=False)) == "MP-120"
    assert code(_by_certificate(certificate(f"NTRNO-{STRANGER}"))) == "MP-122"
    assert code(_by_certificate(certificate("no number", oid=NameOID.SERIAL_NUMBER))) == "MP-122"
    assert code(_by_certificate(certificate(f"NTRNO-{SUPPLIER}", days=9))) == "MP-124"
    assert code(_by_certificate(good, key="other")) == "MP-124"


# The form.


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({}, "invalid_request"),
        ({"grant_type": GRANT}, "invalid_request"),
        ({"grant_type": "client_credentials"}, "unsupported_grant_type"),
        ({"grant_type": [GRANT, GRANT], "assertion": "x"}, "invalid_request"),
        ({"grant_type": GRANT, "assertion": "x"}, "invalid_request"),
        ({"grant_type": GRANT, "assertion": "e30.e30.e30"}, "invalid_grant"),
        ({"grant_type": GRANT, "assertion": "e30.W10.e30"}, "invalid_request"),
        ({"grant_type": GRANT, "assertion": f"Bearer {grant()}"}, "invalid_request"),
    ],
)
def test_a_form_that_is_no_grant_is_refused(form, error):
    answer, _ = visited(post("/maskinporten/token", form))
    assert (answer.status, told(answer)["error"]) == (400, error)


def test_parameters_beside_the_two_change_nothing():
    assert token_claims(grant(), scope=FOREIGN, consumer_org=CUSTOMER)["scope"] == READ


def test_a_body_that_is_no_form_is_refused():
    body = json.dumps({"grant_type": GRANT, "assertion": grant()}).encode()
    request = Request("POST", f"{ISSUER}token", (("Content-Type", "application/json"),), body)
    assert visited(request)[0].status == 400


def test_other_methods_and_addresses_are_refused_in_its_own_shape():
    answer, _ = visited(Request("GET", f"{ISSUER}token"))
    assert (answer.status, told(answer)["error"]) == (405, "invalid_request")
    assert ("Allow", "POST, OPTIONS") in answer.headers
    assert visited(Request("GET", f"{ISSUER}authorize"))[0].status == 404
    assert visited(Request("OPTIONS", f"{ISSUER}token"))[0].status == 200
    assert visited(Request("HEAD", f"{ISSUER}jwk"))[0].status == 200


def test_the_issuer_follows_the_address_under_which_it_is_asked():
    other = "http://127.0.0.1:8000/sandbox/w1"
    answer, _ = visited(
        post("/maskinporten/token", {"grant_type": GRANT, "assertion": grant(aud=f"{other}/maskinporten/")}, base=other)
    )
    assert decode(told(answer)["access_token"])[1]["iss"] == f"{other}/maskinporten/"
