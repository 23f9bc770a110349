"""validate-client-certificate: what is certain of a certificate, and what only the gateway can tell."""

import datetime
import hashlib
from dataclasses import replace
from functools import lru_cache

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding

from console.core.policy.engine.model import Verdict
from tests.core.policy.builders import NOW, failed, judged, request, warnings

LENIENT = 'validate-trust="false" validate-revocation="false"'


@lru_cache
def certificate(start=NOW - 100, end=NOW + 100, with_names=True):
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Client.contoso.example")])
    builder = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(0xABC123)
        .not_valid_before(datetime.datetime.fromtimestamp(start, datetime.UTC))
        .not_valid_after(datetime.datetime.fromtimestamp(end, datetime.UTC))
    )
    if with_names:
        names = x509.SubjectAlternativeName([x509.DNSName("client.contoso.example")])
        builder = builder.add_extension(names, critical=False)
    return builder.sign(key, hashes.SHA256())


def pem(**changes):
    return certificate(**changes).public_bytes(Encoding.PEM).decode()


def thumbprint():
    return hashlib.sha1(certificate().public_bytes(Encoding.DER)).hexdigest()


def text(attributes=LENIENT, *identities):
    listed = "".join(f"<identity {one}/>" for one in identities)
    block = f"<identities>{listed}</identities>" if identities else ""
    return f"<validate-client-certificate {attributes}>{block}</validate-client-certificate>"


def called(policy, shown):
    return judged(policy, replace(request(), client_certificate=shown))


OTHER = 'thumbprint="00"'
CASES = [
    ("not known", text(), None, Verdict.UNDECIDED),
    ("none", text(), "", Verdict.REJECT),
    ("none, ignored", text('ignore-error="true"'), "", Verdict.ALLOW),
    ("no PEM", text(), "certificate", Verdict.UNDECIDED),
    ("a broken one", text(), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----", Verdict.UNDECIDED),
    ("any, nothing else checked", text(), pem(), Verdict.ALLOW),
    ("trust is the gateway's", text('validate-revocation="false"'), pem(), Verdict.UNDECIDED),
    ("revocation is the gateway's", text('validate-trust="false"'), pem(), Verdict.UNDECIDED),
    ("thumbprint", text(LENIENT, f'thumbprint="{thumbprint().upper()}"'), pem(), Verdict.ALLOW),
    (
        "thumbprint with colons",
        text(LENIENT, f'thumbprint="{thumbprint()[:2]}:{thumbprint()[2:]}"'),
        pem(),
        Verdict.ALLOW,
    ),
    ("another thumbprint", text(LENIENT, OTHER), pem(), Verdict.REJECT),
    ("second identity", text(LENIENT, OTHER, 'common-name="client.contoso.example"'), pem(), Verdict.ALLOW),
    ("serial number", text(LENIENT, 'serial-number="00ABC123"'), pem(), Verdict.ALLOW),
    ("name in the certificate", text(LENIENT, 'dns-name="Client.contoso.example"'), pem(), Verdict.ALLOW),
    ("no such name", text(LENIENT, 'dns-name="client.contoso.example"'), pem(with_names=False), Verdict.REJECT),
    ("all of an identity", text(LENIENT, f'serial-number="abc123" {OTHER}'), pem(), Verdict.REJECT),
    ("subject", text(LENIENT, 'subject="CN=x"'), pem(), Verdict.UNDECIDED),
    ("issuer and a wrong name", text(LENIENT, 'issuer-subject="CN=x" common-name="other"'), pem(), Verdict.REJECT),
    ("a named value", text(LENIENT, 'thumbprint="{{t}}"'), pem(), Verdict.UNDECIDED),
    ("untrusted, but of another", text("", OTHER), pem(), Verdict.REJECT),
    ("last second", text(), pem(end=NOW), Verdict.ALLOW),
    ("one second late", text(), pem(end=NOW - 1), Verdict.REJECT),
    ("late, not checked", text(LENIENT + ' validate-not-after="false"'), pem(end=NOW - 1), Verdict.ALLOW),
    ("first second", text(), pem(start=NOW), Verdict.ALLOW),
    ("one second early", text(), pem(start=NOW + 1), Verdict.REJECT),
    ("early, not checked", text(LENIENT + ' validate-not-before="false"'), pem(start=NOW + 1), Verdict.ALLOW),
]


@pytest.mark.parametrize(("what", "policy", "shown", "verdict"), CASES, ids=[row[0] for row in CASES])
def test_a_certificate_is_judged_as_far_as_it_can_be_here(what, policy, shown, verdict):
    trace = called(policy, shown)
    assert trace.verdict is verdict
    assert bool(failed(trace)) is (verdict is Verdict.REJECT)
    assert warnings(trace) == ({"unconfirmed-body"} if verdict is Verdict.REJECT else set())


def test_what_is_missing_is_named():
    assert called(text(), None).needs == ("client_certificate",)
    assert called(text(""), pem()).needs == ("trust and revocation of the client certificate",)
