"""The names of a caller's certificate as expressions read them: only where it is sure how they are written."""

import pytest
from cryptography import x509
from cryptography.x509.oid import NameOID

from console.core.policy.engine.caller_certificate import written_name
from console.core.policy.engine.conditions import truth
from console.core.policy.engine.model import Flow
from console.core.policy.engine.request import GatewayRequest
from tests.core.policy.builders import NOW
from tests.core.policy.tokens import pem

C, ORG, OU, CN = NameOID.COUNTRY_NAME, NameOID.ORGANIZATION_NAME, NameOID.ORGANIZATIONAL_UNIT_NAME, NameOID.COMMON_NAME


def named(*parts):
    return x509.Name([x509.NameAttribute(oid, value) for oid, value in parts])


@pytest.mark.parametrize(
    ("name", "written"),
    [
        (named((C, "NO"), (ORG, "Example AS"), (OU, "Pay"), (CN, "partner.example")),
         "CN=partner.example, OU=Pay, O=Example AS, C=NO"),
        (named((NameOID.STATE_OR_PROVINCE_NAME, "Oslo"), (NameOID.LOCALITY_NAME, "Oslo"), (CN, "*.a")),
         "CN=*.a, L=Oslo, S=Oslo"),
        (named((CN, "Example, Inc.")), None),
        (named((CN, 'the "one"')), None),
        (named((CN, "a  b")), None),
        (named((CN, "Ærlig")), None),
        (named((NameOID.SERIAL_NUMBER, "984661185"), (CN, "a")), None),
        (named(), None),
    ],
)  # fmt: skip
def test_a_name_is_written_as_dot_net_does_or_not_told(name, written):
    assert written_name(name) == written


def test_a_part_of_several_attributes_is_not_told():
    part = x509.RelativeDistinguishedName([x509.NameAttribute(CN, "a"), x509.NameAttribute(ORG, "b")])
    assert written_name(x509.Name([part])) is None


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ('@(context.Request.Certificate.Subject == "CN=a1")', True),
        ('@(!context.Request.Certificate.SubjectName.Name.Contains("CN=b1"))', True),
        ('@(context.Request.Certificate == null || context.Request.Certificate.Issuer != "CN=Example CA")', True),
        ("@(context.Request.Certificate.Verify())", None),
        ("@(context.Request.Certificate.FriendlyName == null)", None),
    ],
)
def test_conditions_on_names_are_decided(condition, holds):
    call = GatewayRequest("GET", "https://gw.example/orders", client_certificate=pem("a1"))
    assert truth(condition, Flow(call, {}, NOW)) is holds
