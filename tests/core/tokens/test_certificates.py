"""What is shown of a certificate."""

import pytest

from console.core.tokens.certificates import facts_of, leaf_der

# Self-signed, CN=test; the thumbprints were made with openssl x509 -fingerprint.
PEM = """-----BEGIN CERTIFICATE-----
MIICqjCCAZKgAwIBAgIUeOj9UddSXzB5N35kZmG+uQx+A1cwDQYJKoZIhvcNAQEL
BQAwDzENMAsGA1UEAwwEdGVzdDAeFw0yNjAxMDEwMDAwMDBaFw0zNTEyMzAwMDAw
MDBaMA8xDTALBgNVBAMMBHRlc3QwggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEK
AoIBAQDGr9ldHiERXunSJDhhAeAI58qfymp/6G1iPVDfdJ1irGE1LD5FC/7WMnc8
/PqB/Yt97t49FIwKsUejO69OFHHY3rd1IIKifJjw0Jw6gYccOQimMLmrn9pngRn3
j5scEBDdS1ci6if9dCYGoBOPVwpyDxP3rN8QhrA38t3h76xV1DWPWJcNPmvrf7Rd
nrE/cOEN6OHpQHc5za8G4ysaFezH882zVFFARXvCtZ3TtI5QvSdg+HfwCRstUDZk
hmtXSOXgI5niNX9IZcpKwWetvwBbnuWo5GyQAwBObRa8G5RPNGFgudlUhwOQVJxo
ONcxN6rQB5b4Z/kMbFbaXfPoo3eXAgMBAAEwDQYJKoZIhvcNAQELBQADggEBACV8
IJwWf4T7LlCaLyYXlOCf7QVpxcDrqfKAO5jrRB8Yr8PUlMwrGbJx8G627OlV3rKs
Tfk9lBXueaHhAa0XBLBkrda2TrUWJF0y7ZgMfmJAD+EYDIe+e+bvRcucG5Jsdbmh
KTRFpxcmIa8nLEUgzohor+vDDA2RGQDymY8ZYBO5BlPBUKYYqF3mMqg6e+mOTB6o
2HBg/LWelvQ7ZflCQLXvZjO+xS6JYKh5ZDo7vEeOrwAK3iJMDI/cEv9xFYe5Z5zc
PHY6k+OO566i+AoDNz6I1ADYYEaBZ0y0W1qDyA254z8C2iZlAkxIaZWp0tLzYHEa
lXtWRstcboYGWm9sha4=
-----END CERTIFICATE-----
"""


def test_the_facts_of_a_certificate_are_those_that_portals_show():
    facts = facts_of(PEM)
    assert (facts.subject, facts.issuer, facts.chain) == ("CN=test", "CN=test", ("CN=test",))
    assert facts.serial == "78E8FD51D7525F3079377E646661BEB90C7E0357"
    assert (facts.not_before, facts.not_after) == (1_767_225_600, 2_082_585_600)
    assert facts.sha1 == "ECB44DD4C92399EB194D984FF2B45B0AD9116038"
    assert facts.x5t == "7LRN1MkjmesZTZhP8rRbCtkRYDg"
    assert facts.x5t_s256 == "GhxzoG7xPbvmiWG4zj1FW5TzVkw-APiVP-al53GVguQ"
    assert (facts.key_type, facts.key_bits) == ("RSA", 2048)


def test_the_chain_lists_every_certificate_leaf_first():
    assert facts_of(PEM + PEM).chain == ("CN=test", "CN=test")


def test_the_leaf_as_der_is_the_first_certificate():
    assert leaf_der(PEM)[:2] == b"\x30\x82"


@pytest.mark.parametrize("text", ["", "hello", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_text_without_a_certificate_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        facts_of(text)
