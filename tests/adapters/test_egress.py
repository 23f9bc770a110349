"""Which URLs and addresses may be called."""

import ipaddress

import pytest

from console.adapters.egress import EgressPolicy, Target, check_address, check_url, parse_allow, read_target
from console.core.exchange import Failure, FailureKind
from tests.adapters.support import refusal

PUBLIC = EgressPolicy()

REFUSED_URLS = [
    ("http://127.0.0.1/", "never"),
    ("http://127.1.2.3:8080/", "never"),
    ("http://0.0.0.0/", "never"),
    ("https://10.0.0.5/", "address"),
    ("https://172.31.255.255/", "address"),
    ("https://192.168.1.1/", "address"),
    ("https://100.64.0.1/", "address"),
    ("http://100.100.100.200/", "never"),
    ("http://169.254.169.254/metadata/instance", "never"),
    ("http://169.254.170.2/v2/credentials", "never"),
    ("http://168.63.129.16/", "never"),
    ("http://192.0.0.192/", "never"),
    ("http://224.0.0.1/", "never"),
    ("http://255.255.255.255/", "never"),
    ("http://[::]/", "never"),
    ("http://[::1]/", "never"),
    ("http://[::ffff:127.0.0.1]/", "never"),
    ("http://[::ffff:a9fe:a9fe]/", "never"),
    ("http://[::127.0.0.1]/", "never"),
    ("http://[::ffff:0:127.0.0.1]/", "never"),
    ("http://[64:ff9b::a9fe:a9fe]/", "never"),
    ("http://[64:ff9b:1::1]/", "address"),
    ("http://[2002:7f00:1::]/", "never"),
    ("http://[2001:0:7f00:1::1]/", "never"),
    ("http://[fc00::1]/", "address"),
    ("http://[fd00:ec2::254]/", "never"),
    ("http://[fd20:ce::254]/", "never"),
    ("http://[fe80::1]/", "never"),
    ("http://[fec0::1]/", "address"),
    ("http://[ff02::1]/", "never"),
    ("http://[5f00::1]/", "address"),
    ("http://[3fff::1]/", "address"),
    ("http://[fe80::1%25eth0]/", "host"),
    ("http://2130706433/", "host"),
    ("http://0x7f000001/", "host"),
    ("http://0177.0.0.1/", "host"),
    ("http://127.1/", "host"),
    ("http://0/", "host"),
    ("http://1.2.3.4.5/", "host"),
    ("http://127.0.0.1./", "host"),
    ("http://localhost./", "host"),
    ("http://１２７.０.０.１/", "host"),
    ("http://bücher.example/", "host"),
    ("http://a..b/", "host"),
    ("http://-a.example/", "host"),
    ("http://xn--a.example/", "host"),
    ("http://api.example:0/", "host"),
    ("https://user:pass@api.example/", "userinfo"),
    ("https://@api.example/", "userinfo"),
    ("https://8.8.8.8@127.0.0.1/", "userinfo"),
    ("https://api.example:6379/", "port"),
    ("http://api.example:22/", "port"),
    ("http://api.example:99999/", "url"),
    ("file:///etc/passwd", "scheme"),
    ("gopher://api.example/", "scheme"),
    ("//api.example/", "scheme"),
    ("api.example", "scheme"),
    ("", "scheme"),
    ("http:///127.0.0.1/", "url"),
    ("http://127.0.0.1\\@8.8.8.8/", "url"),
    ("http://8.8.8.8/\r\nX: y", "url"),
    ("http://8.8.8.8 /", "url"),
    ("http://[::1/", "url"),
    ("https://api.example/" + "a" * 4096, "url"),
]


@pytest.mark.parametrize(("url", "rule"), REFUSED_URLS)
def test_a_url_that_leads_inside_or_is_ambiguous_is_refused_by_its_rule(url, rule):
    failure = refusal(check_url(PUBLIC, url))
    assert (failure.kind, failure.rule) == (FailureKind.BLOCKED_ADDRESS, rule)
    assert failure.detail.endswith(".")


def test_a_refusal_says_what_to_do_and_repeats_no_password():
    failure = refusal(check_url(PUBLIC, "https://user:hunter2@api.example/"))
    assert failure.detail == "The URL holds credentials; put credentials in the header fields."


@pytest.mark.parametrize(
    ("url", "origin", "path"),
    [
        ("https://API.example", "https://api.example:443", "/"),
        ("http://api.example/a/b?q=1#part", "http://api.example:80", "/a/b?q=1"),
        ("https://api.example:8443/x", "https://api.example:8443", "/x"),
        ("https://8.8.8.8/", "https://8.8.8.8:443", "/"),
        ("https://[2606:4700::1111]/", "https://[2606:4700::1111]:443", "/"),
        ("https://xn--bcher-kva.example/", "https://xn--bcher-kva.example:443", "/"),
    ],
)
def test_a_public_url_is_taken_apart(url, origin, path):
    target = check_url(PUBLIC, url)
    assert isinstance(target, Target)
    assert (target.origin, target.path) == (origin, path)


def check(policy: EgressPolicy, url: str, address: str) -> Failure | None:
    target = read_target(url)
    assert isinstance(target, Target)
    return check_address(policy, target, ipaddress.ip_address(address))


NAMED = EgressPolicy(allow=parse_allow("api.corp.example:8443"))
RANGED = EgressPolicy(allow=parse_allow("10.20.0.0/16:8443, [fd12::/48]:443, 0.0.0.0/0:9000, 169.254.169.254:80"))


@pytest.mark.parametrize(
    ("policy", "url", "address", "is_open"),
    [
        (PUBLIC, "https://api.example/", "8.8.8.8", True),
        (PUBLIC, "https://api.example/", "10.0.0.1", False),
        # a name opens private addresses for itself and its port only
        (NAMED, "https://api.corp.example:8443/", "10.1.2.3", True),
        (NAMED, "https://api.corp.example:8443/", "fd12::1", True),
        (NAMED, "https://api.corp.example:8443/", "8.8.8.8", True),
        (NAMED, "https://api.corp.example/", "10.1.2.3", False),
        (NAMED, "https://other.corp.example:8443/", "10.1.2.3", False),
        # never this server, its link or a cloud's credentials
        (NAMED, "https://api.corp.example:8443/", "127.0.0.1", False),
        (NAMED, "https://api.corp.example:8443/", "::1", False),
        (NAMED, "https://api.corp.example:8443/", "169.254.169.254", False),
        (NAMED, "https://api.corp.example:8443/", "168.63.129.16", False),
        (NAMED, "https://api.corp.example:8443/", "100.100.100.200", False),
        (NAMED, "https://api.corp.example:8443/", "fd00:ec2::254", False),
        (NAMED, "https://api.corp.example:8443/", "fe80::1", False),
        (NAMED, "https://api.corp.example:8443/", "64:ff9b::7f00:1", False),
        # a range opens what it holds, on its port
        (RANGED, "https://db.corp.example:8443/", "10.20.255.255", True),
        (RANGED, "https://db.corp.example:8443/", "10.21.0.0", False),
        (RANGED, "https://db.corp.example/", "10.20.0.1", False),
        (RANGED, "https://six.corp.example/", "fd12::7", True),
        # a range that merely includes them opens neither loopback nor metadata; naming them does
        (RANGED, "http://wide.example:9000/", "192.168.0.1", True),
        (RANGED, "http://wide.example:9000/", "127.0.0.1", False),
        (RANGED, "http://wide.example:9000/", "169.254.169.254", False),
        (RANGED, "http://meta.example/", "169.254.169.254", True),
        (RANGED, "http://meta.example/", "169.254.169.253", False),
    ],
)
def test_the_allow_list_opens_what_it_names_and_nothing_more(policy, url, address, is_open):
    assert (check(policy, url, address) is None) is is_open


def test_an_own_address_is_refused_though_it_is_public_and_even_for_a_listed_name():
    own = frozenset({ipaddress.ip_address("8.8.4.4")})
    policy = EgressPolicy(allow=parse_allow("api.corp.example:443"), own_addresses=own)
    assert check(policy, "https://api.corp.example/", "8.8.4.4") is not None
    assert check(policy, "https://api.example/", "8.8.4.4") is not None
    assert check(policy, "https://api.example/", "8.8.8.8") is None


def test_an_own_address_that_an_entry_names_may_be_called():
    own = frozenset({ipaddress.ip_address("8.8.4.4")})
    policy = EgressPolicy(allow=parse_allow("8.8.4.4:443"), own_addresses=own)
    assert check(policy, "https://api.example/", "8.8.4.4") is None


@pytest.mark.parametrize("mode", ["public", "allowlist", "proxy"])
@pytest.mark.parametrize(
    "url", ["https://console.example/x", "http://CONSOLE.example:8080/", "https://console.example:9"]
)
def test_the_consoles_own_name_is_refused_in_every_mode_and_on_every_port(mode, url):
    proxy = "http://proxy.example:3128" if mode == "proxy" else None
    policy = EgressPolicy(mode=mode, proxy=proxy, own_names=frozenset({"console.example"}))
    failure = refusal(check_url(policy, url))
    assert (failure.rule, failure.detail) == (
        "never",
        "The host is a name of this console itself, which it never calls.",
    )


def test_an_own_name_that_an_entry_names_may_be_called_on_that_port_alone():
    policy = EgressPolicy(allow=parse_allow("console.example:8443"), own_names=frozenset({"console.example"}))
    assert isinstance(check_url(policy, "https://console.example:8443/"), Target)
    assert refusal(check_url(policy, "https://console.example/")).rule == "never"
    assert isinstance(check_url(policy, "https://api.console.example/"), Target)


def test_a_refused_address_is_not_shown():
    failure = refusal(check(PUBLIC, "https://api.example/", "10.9.8.7"))
    assert "10.9.8.7" not in failure.detail
    assert "CONSOLE_EGRESS_ALLOW" in failure.detail


def test_in_allow_list_mode_only_listed_hosts_are_called():
    policy = EgressPolicy(mode="allowlist", allow=parse_allow("login.example:443, 10.20.0.0/16:8443"))
    assert isinstance(check_url(policy, "https://login.example/"), Target)
    assert isinstance(check_url(policy, "https://any.example:8443/"), Target), "the address will tell"
    assert refusal(check_url(policy, "https://other.example/")).rule == "not_listed"
    assert refusal(check_url(policy, "https://8.8.8.8/")).rule == "not_listed"
    assert refusal(check(policy, "https://any.example:8443/", "8.8.8.8")).rule == "not_listed"
    assert check(policy, "https://any.example:8443/", "10.20.0.1") is None


def test_in_proxy_mode_shapes_and_literal_addresses_are_still_judged_here():
    policy = EgressPolicy(mode="proxy", proxy="http://proxy.corp.example:4750")
    assert isinstance(check_url(policy, "https://api.example/"), Target)
    assert refusal(check_url(policy, "http://169.254.169.254/")).rule == "never"
    assert refusal(check_url(policy, "https://u:p@api.example/")).rule == "userinfo"


@pytest.mark.parametrize("wrong", [{"mode": "open"}, {"mode": "proxy"}, {"proxy": "http://proxy.example:1"}], ids=str)
def test_a_policy_that_contradicts_itself_is_not_made(wrong):
    with pytest.raises(ValueError, match=r"\.$"):
        EgressPolicy(**wrong)
