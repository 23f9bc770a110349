"""Where the metadata of an issuer may stand, and what is to be said of what stood there (RFC 8414, OpenID Connect
Discovery).

OpenID Connect writes the well-known part behind the issuer, RFC 8414 between its host and its path.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from msgspec import structs

from console.core.finding import Finding, Status, fail, notice, passed, warn
from console.core.json.text import shorten
from console.core.oauth.metadata import Metadata
from console.core.owner import Owner

WELL_KNOWN = "/.well-known/"
OIDC, OAUTH = f"{WELL_KNOWN}openid-configuration", f"{WELL_KNOWN}oauth-authorization-server"
_ENDPOINTS = (
    "token_endpoint",
    "jwks_uri",
    "authorization_endpoint",
    "device_authorization_endpoint",
    "pushed_authorization_request_endpoint",
    "introspection_endpoint",
    "revocation_endpoint",
    "end_session_endpoint",
)
FILLED = (*_ENDPOINTS, "names_itself", "requires_pushed_requests", "issuer", "metadata_url")  # settings, by name
_WEAK = frozenset({"none", "HS256", "HS384", "HS512"})


@dataclass(frozen=True, slots=True)
class MetadataPlaces:
    """`issuer` as asked for. `urls` are tried in this order; () where the text is no address, and `problem` says why.

    `is_document`: the text was the address of a document, from which the issuer was taken.
    """

    issuer: str = ""
    urls: tuple[str, ...] = ()
    problem: str = ""
    is_document: bool = False


def places_of(text: str) -> MetadataPlaces:
    """From an issuer, or from the whole address of its document, as people paste either."""
    typed = text.strip()
    try:
        split = urlsplit(typed)
        host, _ = split.hostname, split.port
    except ValueError:
        host = None
    if not host or split.scheme not in ("https", "http"):
        shown = shorten(typed, 100)
        return MetadataPlaces(problem=f"“{shown}” is no address. Enter the issuer as a URL that begins with https://.")
    if "@" in split.netloc:
        return MetadataPlaces(problem="The address holds an @ in front of its host. Enter it without a user name.")
    if split.query or split.fragment:
        return MetadataPlaces(problem="An issuer has no ? and no # (RFC 8414 section 2). Enter it without them.")
    origin = f"{split.scheme}://{split.netloc}"
    if WELL_KNOWN in split.path:
        issuer = _issuer_of(origin, split.path)
        return MetadataPlaces(issuer, (typed,), is_document=True)
    return MetadataPlaces(typed, _urls(origin, split.path))


def _urls(origin: str, path: str) -> tuple[str, ...]:
    """Both documents, each in its own form; without a path the two forms are one."""
    bare = path.rstrip("/")
    found = (f"{origin}{bare}{OIDC}", f"{origin}{OAUTH}{bare}", f"{origin}{bare}{OAUTH}", f"{origin}{OIDC}{bare}")
    return tuple(dict.fromkeys(found))


def _issuer_of(origin: str, path: str) -> str:
    """What stands around the well-known part; a trailing slash of the issuer is not told by it."""
    before, _, behind = path.partition(WELL_KNOWN)
    inserted = behind.partition("/")[2]
    return f"{origin}{before}" if before or not inserted else f"{origin}/{inserted}"


def is_issuer(asked: MetadataPlaces, named: str) -> bool:
    """Whether a document may speak for the issuer that was asked for: it names the very same (RFC 8414 section 3.3).

    The address of a document does not tell whether its issuer ends with a slash.
    """
    if asked.is_document:
        return named.rstrip("/") == asked.issuer.rstrip("/")
    return named == asked.issuer


def settings_of(metadata: Metadata, url: str) -> dict[str, str]:
    """The settings that a document fills in, by name; addresses that are no texts are left out."""
    found = {name: value for name in _ENDPOINTS if isinstance(value := metadata.body.get(name), str) and value}
    promised = {
        "names_itself": metadata.body.get("authorization_response_iss_parameter_supported") is True,
        "requires_pushed_requests": metadata.body.get("require_pushed_authorization_requests") is True,
    }
    return {
        **found,
        **{name: "yes" for name, is_promised in promised.items() if is_promised},
        "issuer": metadata.issuer,
        "metadata_url": url,
    }


def lint(asked: MetadataPlaces, metadata: Metadata) -> tuple[Finding, ...]:
    """What of a document a person should know before a credential follows it, the gravest first."""
    parts = {
        "issuer": _issuer(asked, metadata),
        "addresses": _addresses(metadata),
        "host": _host(metadata),
        "algorithms": _algorithms(metadata.body),
        "grants": _grants(metadata.body),
        "pkce": _pkce(metadata.body),
    }
    found = [
        structs.replace(finding, check=f"metadata-{part}", source="RFC 8414")
        for part, findings in parts.items()
        for finding in findings
    ]
    order = (Status.FAIL, Status.WARNING, Status.NOTICE, Status.PASS)
    return tuple(sorted(found, key=lambda finding: order.index(finding.status)))


def _issuer(asked: MetadataPlaces, metadata: Metadata) -> Iterator[Finding]:
    if is_issuer(asked, metadata.issuer):
        yield passed("The document names the issuer that was asked for.", actual=metadata.issuer)
        return
    yield fail(
        "The document speaks for another issuer than the one that was asked for.",
        why=f"Its issuer is {shorten(metadata.issuer, 200) or 'absent'}; {asked.issuer} was asked. They must be the "
        "same, character for character, or one server could pose as another (RFC 8414 section 3.3).",
        do="Enter the issuer exactly as the provider’s documents show it, slash at its end included.",
        who=Owner.INTEGRATOR,
        expected=asked.issuer,
        actual=metadata.issuer,
    )


def _addresses(metadata: Metadata) -> Iterator[Finding]:
    body = metadata.body
    if not metadata.token_endpoint:
        yield warn(
            "The document names no token endpoint.",
            why="Without one nothing can be asked for a token.",
            do="Type the token endpoint by hand, as the provider’s documents show it.",
            who=Owner.INTEGRATOR,
        )
    if not metadata.jwks_uri:
        yield warn(
            "The document names no key set (jwks_uri).",
            why="Without one no signature of a token can be verified.",
            do="Ask the provider where its keys are published.",
            who=Owner.IDENTITY_PROVIDER,
        )
    plain = [name for name in ("issuer", *_ENDPOINTS) if str(body.get(name, "")).startswith("http://")]
    if plain:
        yield warn(
            "Not every address uses https.",
            why=f"These are plain http: {', '.join(plain)}. What goes there can be read on the way.",
            do="Use it in tests on your own machine only, or have the provider publish https addresses.",
            who=Owner.IDENTITY_PROVIDER,
        )


def _host(metadata: Metadata) -> Iterator[Finding]:
    own, elsewhere = urlsplit(metadata.issuer).netloc.lower(), host_elsewhere(metadata.issuer, metadata.token_endpoint)
    if elsewhere:
        yield warn(
            "Tokens are asked for at another host than the issuer’s.",
            why=f"The issuer is at {own}, the token endpoint at {elsewhere}. Credentials go there.",
            do="Confirm it below, if the provider’s documents name this host.",
            who=Owner.INTEGRATOR,
            expected=own,
            actual=elsewhere,
        )


def host_elsewhere(issuer: str, token_endpoint: str) -> str:
    """The host of the token endpoint where it is another than the issuer's; "" where it is the same, or unknown."""
    try:
        own, there = urlsplit(issuer).netloc.lower(), urlsplit(token_endpoint).netloc.lower()
    except ValueError:
        return ""
    return there if own and there and own != there else ""


def _algorithms(body: dict[str, Any]) -> Iterator[Finding]:
    named = body.get("id_token_signing_alg_values_supported")
    offered = [one for one in named if isinstance(one, str)] if isinstance(named, list) else []
    weak = [one for one in offered if one in _WEAK]
    if weak:
        yield notice(
            "The provider can sign weakly.",
            why=f"{', '.join(weak)} stand among its algorithms for ID tokens: unsigned, or by a key that both share.",
            do="Have your client registered for RS256, PS256 or ES256.",
            who=Owner.INTEGRATOR,
        )


def _grants(body: dict[str, Any]) -> Iterator[Finding]:
    """RFC 8414 section 2: absent, it means authorization_code and implicit; many servers just leave it out."""
    if "grant_types_supported" not in body:
        yield notice(
            "The document does not say which grants there are.",
            why="By RFC 8414 that means authorization_code and implicit; many servers only leave it out.",
            do="Ask the provider where client credentials or another grant is refused.",
            who=Owner.IDENTITY_PROVIDER,
        )


def _pkce(body: dict[str, Any]) -> Iterator[Finding]:
    methods = body.get("code_challenge_methods_supported")
    if isinstance(body.get("authorization_endpoint"), str) and not (isinstance(methods, list) and "S256" in methods):
        yield notice(
            "The document does not promise PKCE with S256.",
            why="code_challenge_methods_supported is absent or lacks S256 (RFC 9700 section 2.1.1 wants it).",
            do="Sign in as usual: the console sends a challenge, and a server without PKCE ignores it.",
            who=Owner.IDENTITY_PROVIDER,
        )
