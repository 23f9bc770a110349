"""Of a chain of causes the root says why it failed; what stands above it says what that hindered."""

import pytest

from console.core.diagnosis import explain
from console.core.diagnosis.intake import read_evidence
from console.core.diagnosis.messages.plain import plain
from console.core.diagnosis.stated.chains import blanked, outer_links

SPRING = (
    'java.lang.IllegalArgumentException: Unable to resolve the Configuration with the provided Issuer of "https://id.'
    'quay.example"\n\tat org.quay.Boats.load(Boats.java:7)\nCaused by: '
)
NET = (
    "System.InvalidOperationException: IDX20803: Unable to obtain configuration from: 'https://id.quay.example/.well-"
    "known/openid-configuration'.\n ---> System.IO.IOException: IDX20804: Unable to retrieve document\n ---> "
)
DURING = "\n\nDuring handling of the above exception, another exception occurred:\n\n"
DIRECT = "\n\nThe above exception was the direct cause of the following exception:\n\n"
RAISED = 'Traceback (most recent call last):\n  File "/app/boats.py", line 7, in load\n    boats.load()\n'
REFUSED = "ConnectionRefusedError: [Errno 111] Connection refused"
CHAINS = [
    (f"{SPRING}java.net.ConnectException: Connection refused\n\t... 43 more", "metadata-unreachable"),
    (f"{SPRING}java.net.UnknownHostException: id.quay.example\n\t... 43 more", "metadata-unreachable"),
    (
        f"{SPRING}javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification "
        "path to requested target",
        "tls-untrusted-certificate",
    ),
    (f"{SPRING}org.quay.NotFound: 404 Not Found: [no body]", "metadata-url-invalid"),
    (
        f"{NET}System.Net.Http.HttpRequestException: The SSL connection could not be established, see inner exception."
        "\n ---> System.Security.Authentication.AuthenticationException: The remote certificate is invalid because of "
        "errors in the certificate chain: UntrustedRoot\n   at Quay.Boats.Load()",
        "tls-untrusted-certificate",
    ),
    (
        f"{NET}System.Net.Sockets.SocketException (111): Connection refused\n   at Quay.Boats.Load()",
        "metadata-unreachable",
    ),
    (
        "Error: the audience of the token is not accepted\n\nCaused by:\n    0: the token was refused\n"
        "    1: ExpiredSignature",
        "token-expired",
    ),
    (
        f"{RAISED}jwt.exceptions.ExpiredSignatureError: Signature has expired{DIRECT}{RAISED}quay.errors.AuthError: "
        "The audience of the token is invalid",
        "token-expired",
    ),
    (
        f"{RAISED}{REFUSED}{DURING}{RAISED}quay.errors.AuthError: the audience of the token could not be validated",
        "connection-blocked",
    ),
    (
        "AuthError: the audience of the token is invalid\n    at load (/app/boats.js:7:3) {\n  [cause]: "
        "TokenExpiredError: jwt expired\n      at verify (/app/jwt.js:190:21) {\n    expiredAt: 2031\n  }\n}",
        "token-expired",
    ),
    # What was found by looking at the token, or answered, comes of no network.
    (
        f"{RAISED}{REFUSED}{DURING}{RAISED}jwt.exceptions.InvalidAudienceError: Audience doesn't match",
        "audience-other-api",
    ),
    (
        "org.quay.AuthException: AADSTS7000215: Invalid client secret provided.\nCaused by: java.net.ConnectException: "
        "Connection refused",
        "client-secret-invalid",
    ),
]


@pytest.mark.parametrize(("text", "cause"), CHAINS)
def test_the_root_of_a_chain_says_why(text, cause):
    found = explain(read_evidence({"pasted": text})).primary
    assert found.cause == cause


def test_what_was_hindered_and_why_are_both_shown():
    found = explain(read_evidence({"pasted": CHAINS[0][0]})).primary
    assert "Unable to resolve the Configuration" in found.why
    assert "Connection refused" in found.why


ROOTS = [
    (
        "one: no\nCaused by: a.Error: two\n\tat a.b\nCaused by: b.Error: three\n\t... 3 more\nnext",
        "Caused by: b.Error: three ... 3 more next",
    ),
    (
        "ERROR no\na.b.AnException: one\n\tat a.b(C.java:1)\nCaused by: c.d.AnException: two\n\tat e.f(C.java:1)",
        "at a.b(C.java:1) Caused by: c.d.AnException: two at e.f(C.java:1)",
    ),
    (
        "A.AnException: one ---> B.AnException: two ---> C.AnException: three\n   at A.B()",
        "---> C.AnException: three at",
    ),
    ("a line\nand another: Caused by: nobody", "a line and another: Caused by: nobody"),
    ("Caused by: nothing above", "Caused by: nothing above"),
    ("The above exception was the direct cause of the following exception:", "The above exception was the direct"),
]


@pytest.mark.parametrize(("text", "left"), ROOTS)
def test_all_links_but_the_roots_are_blanked(text, left):
    text = plain(text)
    shown = blanked(text, outer_links(text))
    assert len(shown) == len(text)
    assert left in " ".join(shown.split())
    assert shown.count("\n") == text.count("\n")


def test_a_log_of_chains_is_walked_once():
    text = plain("\tat a.b(C.java:1)\n" * 300 + "Caused by: a\n" * 2_000)
    assert len(outer_links(text)) == 1_999
