"""Evidence with other ids, hosts, names and dates, each put consistently in the place of the old one.

What decides a diagnosis stays: providers' own hosts and well-known ids, words for test and production, the order of
moments and the distance between them.
"""

import hashlib
import re
import uuid
from collections.abc import Callable
from typing import Any

FOUR_YEARS_S = 1_461 * 86_400  # four calendar years are as many days, so that every form of a date moves alike
_GUID = re.compile(r"\b[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}\b")
_WELL_KNOWN = re.compile(
    r"^0{7}[0-9a-f]-|^9188040d-|^(?:0{8}|1{8}|a{8})-|^499b84ac|^2ff814a6|^797f4846|^04b07795|^1950a258", re.I
)
_HOST = re.compile(
    r"(?<=://)[^/\s:\"'<>?#]+|\b(?:[a-z0-9-]+\.)+(?:com|net|org|no|it|example|io|cloud|de|eu|dev)\b", re.I
)
# Platforms and providers: their names tell what speaks there; only what customers chose in front of them is changed.
_PLATFORMS = (
    "microsoftonline.com", "microsoftonline.us", "microsoftonline.de", "chinacloudapi.cn", "windows.net",
    "microsoft.com", "azure.com", "azure-api.net", "azurewebsites.net", "azure.net", "b2clogin.com",
    "ciamlogin.com", "onmicrosoft.com", "dynamics.com", "sharepoint.com", "powerbi.com", "visualstudio.com",
    "googleapis.com", "google.com", "okta.com", "oktapreview.com", "auth0.com", "amazonaws.com",
    "amazoncognito.com", "maskinporten.no", "idporten.no", "digdir.no", "altinn.cloud", "altinn.no", "pagopa.it",
    "github.com", "githubusercontent.com", "stackoverflow.com", "jwt.io", "jwt.ms", "schemas.microsoft.com",
    "schemas.xmlsoap.org", "w3.org", "ietf.org", "nav.no", "nav.cloud.nais.io", "cloudflare.com",
    "identitymodel.com", "oracle.com", "oraclecloud.com", "identity.oraclecloud.com", "mscloud.com",
    "springframework.org", "keycloak.org", "docker.internal", "java.net", "openid.net", "akamai.com", "azure.cn",
    "azure.us", "fabric.microsoft.com", "microsoft.us", "microsoft.de", "microsoftazure.de", "usgovcloudapi.net",
    "azure-api.us", "login.gov", "cloudapp.net",
)  # fmt: skip
_KEPT_LABELS = re.compile(
    r"^(?:www|login|sts|graph|api|apis|auth|id|idp|sso|keycloak|vault|blob|table|queue|scm|portal|management|dev|test\d*|tst|uat"
    r"|stage|staging|sandbox|prod|production|preprod|qa|tt\d\d|at\d\d|local|localhost|internal|svc|cluster|default|host|proxy"
    r"|gateway|gw|app|web|accounts|oauth2?|ver2|interop|eu|us|west|east|cognito-idp|eu-west-\d|us-east-\d|platform|identity|nginx)$",
    re.I,
)
_NAMES = {
    "contoso": "tailwind", "fabrikam": "proseware", "adatum": "litware", "northwind": "woodgrove", "wingtip": "lucerne",
    "acme": "zenitho", "altinn-dev-api": "altinn-dev-gw", "alice": "berit", "bob": "carl",
}  # fmt: skip
_NAME = re.compile("|".join(sorted(_NAMES, key=len, reverse=True)), re.I)
_ORGANISATION = re.compile(r"(?<!\d)\d{9}(?!\d)")
_YEAR = re.compile(
    r"\b(20[0-3]\d)(?=-[01]\d-[0-3]\d)"
    r"|(?<=/)(20[0-3]\d)\b(?! ?/)|\b(20[0-3]\d)(?=/[01]\d/[0-3]\d)"
    r"|(?<=(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) )(20[0-3]\d)\b"
)
_EPOCH = re.compile(r"(?<![\w.-])(1[4-9]\d{8})(\d{3})?(?![\w-])")
_RANDOM = ("kid", "x5t", "x5t#S256", "sub", "oid", "jti", "uti", "rh", "nonce", "sid")


def renamed(evidence: dict[str, Any]) -> dict[str, Any]:
    """The evidence with everything renamed that could be another in the next case."""
    random = _random_values(evidence)
    ids = re.compile("|".join(map(re.escape, sorted(random, key=len, reverse=True)))) if random else None

    def change(text: str) -> str:
        if ids is not None:
            text = ids.sub(lambda found: _scrambled(found[0]), text)
        return _with_names(text)

    changed: dict[str, Any] = _walked(evidence, change)
    return changed


def _random_values(evidence: dict[str, Any]) -> set[str]:
    """What a program made up: key ids, subjects; no guid, number or address, which are changed as what they are."""
    assertion = (evidence.get("token_request") or {}).get("assertion") or {}
    parts = [
        evidence.get("token_header"),
        evidence.get("token_claims"),
        assertion.get("header"),
        assertion.get("claims"),
    ]
    values = (part.get(name) for part in parts if isinstance(part, dict) for name in _RANDOM)
    texts = {one for one in values if isinstance(one, str) and len(one) > 7}
    return {one for one in texts if not _GUID.search(one) and not re.search(r"[:/@. ]", one)}


def _with_names(text: str) -> str:
    text = _GUID.sub(lambda found: _guid(found[0]), text)
    text = _HOST.sub(lambda found: _host(found[0]), text)
    text = _NAME.sub(lambda found: _as_written(found[0], _NAMES[found[0].lower()]), text)
    text = _ORGANISATION.sub(lambda found: _digits(found[0]), text)
    text = _YEAR.sub(lambda found: str(int(found[0]) + 4), text)
    return _EPOCH.sub(lambda found: str(int(found[1]) + FOUR_YEARS_S) + (found[2] or ""), text)


def _walked(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {_key(name, change): _walked(one, change) for name, one in value.items()}
    if isinstance(value, list):
        return [_walked(one, change) for one in value]
    if isinstance(value, str):
        return change(value)
    is_moment = type(value) is int and 1_400_000_000 <= value < 2_000_000_000
    return value + FOUR_YEARS_S if is_moment else value


def _key(name: str, change: Callable[[str], str]) -> str:
    """A member's name is a word of the product; one that is an address or an id is not."""
    return change(name) if "://" in name or _GUID.search(name) else name


def _guid(text: str) -> str:
    if _WELL_KNOWN.search(text):
        return text
    made = str(uuid.uuid5(uuid.NAMESPACE_URL, text.lower()))
    return made.upper() if text.isupper() else made


def _host(host: str) -> str:
    if _GUID.search(host) or not host.isascii() or host.replace(".", "").isdigit() or "{" in host or "*" in host:
        return host
    suffix = next((one for one in _PLATFORMS if host.lower().endswith(one)), None)
    kept = suffix or host.rpartition(".")[2] if "." in host else suffix or ""
    own = host[: len(host) - len(kept)].rstrip(".")
    labels = [_label(one) for one in own.split(".")] if own else []
    return ".".join([*labels, kept] if kept else labels)


def _label(label: str) -> str:
    return "-".join(part if _KEPT_LABELS.match(part) or len(part) < 3 else _letters(part) for part in label.split("-"))


def _letters(text: str) -> str:
    """Another word of the same length and kinds of characters."""
    digest = hashlib.sha256(text.lower().encode()).digest()
    return "".join(_letter(one, digest[at % 32]) for at, one in enumerate(text))


def _letter(one: str, number: int) -> str:
    if one.isdigit():
        return str((int(one) + number) % 10)
    if not one.isascii() or not one.isalpha():
        return one
    made = "bcdfghjklmnpqrstvwxz"[number % 20]  # without vowels, so that no word comes about by chance
    return made.upper() if one.isupper() else made


_scrambled = _letters


def _digits(text: str) -> str:
    return "9" + "".join(str((int(one) * 7 + 3) % 10) for one in text[1:])


def _as_written(old: str, new: str) -> str:
    return new.upper() if old.isupper() else new.capitalize() if old[0].isupper() else new
