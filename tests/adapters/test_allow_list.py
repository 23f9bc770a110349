"""The deployment's list of internal hosts."""

import pytest

from console.adapters.allow_list import parse_allow, warnings_for


def test_names_addresses_and_ranges_are_read_with_their_ports():
    entries = parse_allow(" API.corp.example:443, 10.20.0.0/16:8443 ,[fd12::/48]:443, 127.0.0.1:5000, [::1]:80,")
    assert [(entry.name, str(entry.network or ""), entry.port) for entry in entries] == [
        ("api.corp.example", "", 443),
        ("", "10.20.0.0/16", 8443),
        ("", "fd12::/48", 443),
        ("", "127.0.0.1/32", 5000),
        ("", "::1/128", 80),
    ]


def test_an_empty_list_opens_nothing():
    assert parse_allow("") == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("api.corp.example", "has no port"),
        ("[fd12::/48]", "has no port"),
        ("api.corp.example:https", "not a number from 1 to 65535"),
        ("api.corp.example:0", "not a number from 1 to 65535"),
        ("api.corp.example:65536", "not a number from 1 to 65535"),
        ("api.corp.example:999999999", "not a number from 1 to 65535"),
        ("fd12::/48:443", "must stand in brackets"),
        ("*.corp.example:443", "has a wildcard"),
        ("10.20.0.1/16:443", "has host bits set"),
        ("10.20.0.256:443", "is not one"),
        ("127.1:80", "is not one"),
        ("https://api.corp.example:443", "has a scheme; write host:port"),
        ("api corp:443", "neither a host name nor an address"),
        (",".join(["a:1"] * 1001), "1001 entries"),
    ],
)
def test_an_entry_that_cannot_be_read_is_explained(text, words):
    with pytest.raises(ValueError, match=words):
        parse_allow(text)


def test_every_entry_that_cannot_be_read_is_told_at_once():
    with pytest.raises(ValueError, match="has no port") as told:
        parse_allow("api.corp.example, ok.corp.example:443, *.corp.example:443")
    assert "*.corp.example:443' has a wildcard; list each host by its name." in str(told.value)
    with pytest.raises(ValueError, match="3 more cannot be read either"):
        parse_allow(", ".join(["api.corp.example"] * 13))


def test_wide_ranges_and_metadata_addresses_are_warned_of():
    assert warnings_for(parse_allow("api.corp.example:443, 10.20.0.0/16:8443, [fd12::/48]:443, 127.0.0.1:80")) == ()
    wide, metadata = warnings_for(parse_allow("10.0.0.0/15:443, 169.254.0.0/16:80"))
    assert "10.0.0.0/15 is wide" in wide
    assert "169.254.0.0/16 opens addresses where clouds keep" in metadata
