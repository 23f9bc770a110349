"""Which redirect addresses may be registered, and which of them a request names."""

from dataclasses import replace

import pytest

from console.sandbox import redirects
from console.sandbox.state import BACK
from tests.sandbox.builders import samples

CONSOLE = "https://console.example"
TAKEN = [
    BACK,
    "https://app.example/callback",
    "https://app.example:8443/callback?x=1",
    "http://localhost/callback",
    "http://localhost:3000",
    "http://127.0.0.1:5000/cb",
    "http://[::1]:5000/cb",
    "com.example.app://callback",
    "msal5cb3c24e-1c12-4bd0-a3c2-a8e6e1ea26a8://auth",
]
REFUSED = [
    "",
    "callback",
    "/callback",
    "//app.example/callback",
    "http://app.example/callback",
    "http://localhost.evil.example/",
    "http://127.0.0.1.evil.example/",
    "https://app.example/callback#x",
    "https://app.example/*",
    "https://user@app.example/",
    "https:///callback",
    "https://app.example/a b",
    "https://app.example/\r\nSet-Cookie: x",
    "https://app.example:port/",
    "https://[::1",
    "javascript:alert(1)",
    "data:text/html,x",
    "vbscript:x",
    "blob:https://app.example/1",
    "file:///etc/passwd",
    "ms-settings:",
    "https://æ.example/",
    "{console}",
    "{console}.evil.example/",
    "https://app.example/" + "x" * 300,
]


@pytest.mark.parametrize("uri", TAKEN)
def test_a_whole_address_may_be_registered(uri):
    assert redirects.problem(uri) == ""


@pytest.mark.parametrize("uri", REFUSED)
def test_what_a_browser_could_run_or_that_is_not_exact_may_not(uri):
    assert redirects.problem(uri).endswith((".", "."))


ASKED = [
    ("https://console.example/back/", True),
    ("https://console.example/back", False),
    ("https://console.example/back/?x=1", False),
    ("https://CONSOLE.example/back/", False),
    ("http://console.example/back/", False),
    ("https://console.example:443/back/", False),
    ("{console}/back/", False),
    ("http://localhost:3000/cb", True),
    ("http://localhost:51234/cb", True),
    ("http://localhost/cb", True),
    ("http://localhost:3000/cb/", False),
    ("http://localhost:3000/cb?x=1", False),
    ("http://localhost:3000/cb#x", False),
    ("http://127.0.0.1:3000/cb", False),
    ("https://localhost:3000/cb", False),
    ("http://user@localhost:3000/cb", False),
    ("http://localhost:port/cb", False),
    ("https://app.example:8443/cb", True),
    ("https://app.example:8444/cb", False),
    ("", False),
]


@pytest.mark.parametrize(("asked", "is_known"), ASKED)
def test_an_address_is_compared_letter_by_letter_but_for_the_port_of_loopback(asked, is_known):
    known = (BACK, "http://localhost:3000/cb", "https://app.example:8443/cb")
    client = replace(samples().secret_client, redirect_uris=known)
    assert redirects.find(client, asked, console=CONSOLE) == (asked if is_known else "")


@pytest.mark.parametrize(
    ("uri", "is_near"),
    [
        ("https://console.example/back/", True),
        ("https://console.example.evil.example/back/", False),
        ("http://localhost:3000/cb", True),
        ("http://[::1]/cb", True),
        ("https://app.example/cb", False),
        ("com.example.app://cb", False),
    ],
)
def test_near_is_the_console_and_the_persons_own_machine(uri, is_near):
    assert redirects.is_near(uri, console=CONSOLE) is is_near


def test_values_are_added_to_query_and_fragment():
    assert redirects.extended("https://a.example/cb", {"code": "a b"}) == "https://a.example/cb?code=a+b"
    assert redirects.extended("https://a.example/cb?x=1", {"code": "y&"}) == "https://a.example/cb?x=1&code=y%26"
    assert redirects.extended("https://a.example/cb?x=1", {"code": "y"}, by="#") == "https://a.example/cb?x=1#code=y"
