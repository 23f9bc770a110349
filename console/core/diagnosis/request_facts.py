"""What the token request and the profile show about client, tenant, cloud, scope and encoding."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from console.core.compare import is_guid
from console.core.diagnosis.answer import combined
from console.core.diagnosis.reading import Reading
from console.core.issuers import cloud_of, host_of

_PLACEHOLDER = re.compile(
    r"your|enter|replace|placeholder|example|insert|changeme|todo|client.?id|<[^<>\n]*+>|\{[^{}\n]*+\}|\$\(|xxx|^0{8}-|^1{8}-|undefined|null",
    re.I,
)
_CLOUD_WORDS = {
    "germany": "germany",
    "german": "germany",
    "china": "china",
    "21vianet": "china",
    "usgov": "usgov",
    "government": "usgov",
    "azurepublic": "global",
    "azurecloud": "global",
}
_CLOUD_HOSTS = {
    "graph.microsoft.us": "usgov",
    "dod-graph.microsoft.us": "usgov",
    "portal.azure.us": "usgov",
    "microsoftgraph.chinacloudapi.cn": "china",
    "portal.azure.cn": "china",
    "management.chinacloudapi.cn": "china",
    "graph.microsoft.com": "global",
    "portal.azure.com": "global",
    "management.azure.com": "global",
    "management.usgovcloudapi.net": "usgov",
    "graph.microsoft.de": "germany",
    "portal.microsoftazure.de": "germany",
    "entra.microsoft.com": "global",
    "entra.microsoft.us": "usgov",
}
_URL = re.compile(r"https?://[^\s\"'<>]+")
_WORD_CHARACTERS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")
_TEST_WORDS = ("test", "uat", "dev", "staging", "sandbox", "preprod")
_HOME = re.compile(r"registered|registration|home|created|owner|client_tenant|app(?:lication)?_tenant", re.I)
_MAX_DEPTH = 40
CREDENTIALS = ("client_secret", "client_assertion", "assertion")
_IN_QUERY = re.compile(
    r"[?&](?:grant_type|client_id|client_secret|client_assertion|assertion|code|refresh_token|subject_token)="
)
_OIDC_SCOPES = frozenset({"openid", "profile", "email", "offline_access", "address", "phone"})


def is_placeholder(value: str) -> bool:
    """True for a value that nobody replaced: ENTER_YOUR_CLIENT_ID, {client}, an all-zero id."""
    return _PLACEHOLDER.search(value) is not None


def is_another_id(reading: Reading) -> bool:
    """True when a fact shows that the client id is the id of something else: an object, a secret, a tenant."""
    others = ("object", "secret_id", "principal", "key_id", "tenant_id", "directory_id", "subscription")
    return any(
        value == reading.client_id and any(word in name.lower() for word in others) for name, value in leaves(reading)
    )


def other_tenant(reading: Reading) -> str | None:
    """The tenant in which a fact says that the client is registered, if another was asked; None otherwise."""
    asked = reading.endpoint_tenant.lower()
    for name, value in leaves(reading):
        is_home = "tenant" in name.lower() and _HOME.search(name) is not None
        if is_home and isinstance(value, str) and value and asked and value.lower() != asked:
            return value
    return None


def other_environment(reading: Reading) -> str | None:
    """What tells that the client is registered in test and production was asked, or the reverse; None otherwise."""
    told = reading.phrase("client-in-other-environment")
    if told is None:
        return None
    registered_in_test = any(word in told.words.lower() for word in _TEST_WORDS)
    asked_test = any(word in reading.endpoint_host for word in _TEST_WORDS)
    return told.words if registered_in_test != asked_test else None


def is_other_cloud(reading: Reading) -> bool:
    """True when the login host and another fact of the attempt belong to different Entra clouds."""
    asked = cloud_of(reading.endpoint)
    if not asked:
        return False
    if asked == "germany":
        return True
    named = {cloud for cloud in map(_cloud_of_text, _other_texts(reading)) if cloud}
    return bool(named - {asked})


def _other_texts(reading: Reading) -> list[str]:
    texts = [value for name, value in _walk(reading.facts) if isinstance(value, str) and _is_telling(name, value)]
    return [*texts, *(reading.params.get(name, "") for name in ("scope", "resource"))]


def _is_telling(name: str, value: str) -> bool:
    return "cloud" in name.lower() or "://" in value


def _cloud_of_text(text: str) -> str:
    for url in _URL.findall(text):
        if cloud := cloud_of(url) or _CLOUD_HOSTS.get(host_of(url), ""):
            return cloud
    lowered = "".join(filter(_WORD_CHARACTERS.__contains__, text.lower())) if "://" not in text else ""
    return next((cloud for word, cloud in _CLOUD_WORDS.items() if word in lowered), "")


def is_badly_encoded(reading: Reading) -> bool:
    """True when parameters went out as JSON or in the query string instead of a form-encoded body."""
    media_type = (sent_headers(reading) or {}).get("content-type", "")
    if "json" in media_type or "multipart" in media_type or _IN_QUERY.search(reading.endpoint):
        return True
    if reading.evidence.token_request and reading.evidence.token_request.is_json:
        return True
    extra = reading.extra.get("token_request")
    extra = extra if isinstance(extra, dict) else {}
    body = extra.get("body", extra.get("raw_body", ""))
    sent = (reading.request_headers or {}).get("content-type", "")
    return isinstance(body, dict) or (isinstance(body, str) and body.lstrip().startswith("{")) or "json" in sent


def sent_headers(reading: Reading) -> dict[str, str] | None:
    """The headers of the token request, names in lower case; None when they are not known."""
    request = reading.evidence.token_request
    return combined(request.headers) if request and request.headers else None


def hides_credential(reading: Reading) -> bool:
    """True when the server saw no proof of the client because the parameters stand where it does not read them."""
    has_field = any(reading.params.get(name) for name in CREDENTIALS)
    has_header = "authorization" in (sent_headers(reading) or {})
    return is_badly_encoded(reading) and not has_field and not has_header


def resources_of(scope: str) -> tuple[str, ...]:
    """The APIs that the scopes of a request name, each once; plain OpenID scopes name none."""
    found: list[str] = []
    for one in scope.split():
        if one in _OIDC_SCOPES:
            continue
        resource, slash, _ = one.rpartition("/")
        if slash and ("://" in one or is_guid(resource)):
            found.append(resource.rstrip("/").lower())
    return tuple(dict.fromkeys(found))


def names_several_resources(scope: str) -> bool:
    return len(resources_of(scope)) > 1


def _walk(value: Any, name: str = "", depth: int = 0) -> list[tuple[str, Any]]:
    """Every leaf of a JSON value with the name it stands under, down to a sane depth."""
    if depth > _MAX_DEPTH:
        return []
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in _walk(one, str(key), depth + 1)]
    if isinstance(value, list):
        return [leaf for one in value for leaf in _walk(one, name, depth + 1)]
    return [(name, value)]


def leaves(reading: Reading) -> list[tuple[str, Any]]:
    """Every fact that is no container, with its name."""
    return _walk(reading.facts)


def redirect_uri_sent(reading: Reading) -> str:
    """That of the token request, else of the link to sign in; "" for none."""
    if sent := reading.params.get("redirect_uri"):
        return sent
    url = reading.evidence.request.url if reading.evidence.request else ""
    try:
        return parse_qs(urlsplit(url).query).get("redirect_uri", [""])[0]
    except ValueError:
        return ""
