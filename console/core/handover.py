"""The client's data out of what an integrator is handed: a mail, a token URL, a curl line, JSON, lines of
NAME=value."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from console.core.compare import GUID, is_guid, without_hidden
from console.core.credential import Secret
from console.core.issuers import cloud_of

MAX_LENGTH = 200_000
_URL = re.compile(r"https?://[^\s\"'<>\\|,;)\]}]+")
_SCOPE = re.compile(rf"(?:api://|https://|{GUID.pattern})[^\s\"'<>,;&]*?/\.default")
_PAIR = re.compile(
    r"""^[\s\-*•>|"'{,]*(?:export\s+|set\s+|\$env:)?(?P<label>[A-Za-z][\w "
    ".:()\-/]{1,48}?)["'*_`]*\s*(?:[:=|]|\s-\s|\t)+\s*"""
    r"""["'`*]*(?P<value>[^\r\n]*?)["'`*,;|}]*\s*$"""
)
_FORM = re.compile(r"(?:^|[?&\s\"'])(?P<label>client_id|client_secret|scope|resource)=(?P<value>[^&\s\"']+)")
_KEY_HEADER = re.compile(r"(?:Ocp-Apim-Subscription-Key|subscription-key)[\"']?\s*[:=]\s*[\"']?([^\s\"'&]+)", re.I)
_TENANT_DOMAIN = re.compile(r"[A-Za-z0-9-]+\.onmicrosoft\.(?:com|us|de)|[A-Za-z0-9-]+\.partner\.onmschina\.cn")
_ANY_TENANT = frozenset({"common", "organizations", "consumers"})
_LABELS: dict[str, tuple[str, ...]] = {
    "client_id": ("applicationclientid", "clientid", "applicationid", "appid", "azureclientid", "clientidentifier",
                  "consumerkey", "applicationidclientid", "clientidapplicationid"),
    "tenant": ("directorytenantid", "tenantid", "directoryid", "tenant", "azuretenantid", "aadtenantid", "tenantdomain",
               "tenantiddirectoryid", "tenantname"),
    "client_secret": ("clientsecret", "secret", "clientsecretvalue", "secretvalue", "appsecret", "azureclientsecret",
                      "applicationsecret", "clientpassword", "consumersecret", "clientkey"),
    "subscription_key": ("ocpapimsubscriptionkey", "subscriptionkey", "apimsubscriptionkey", "apimkey", "apikey",
                         "primarykey", "productkey", "subscriptionprimarykey", "xapikey"),
    "scope": ("scope", "scopes", "apiscope", "oauthscope", "requestedscope"),
    "base_url": ("baseurl", "apiurl", "apibaseurl", "baseaddress", "endpoint", "apiendpoint", "serviceurl", "url",
                 "gatewayurl", "host", "apihost", "baseuri", "resourceurl"),
    "token_url": ("tokenurl", "tokenendpoint", "oauth2tokenendpointv2", "accesstokenurl", "oauthtokenurl", "authority",
                  "tokenuri", "authorizationurl", "issuer", "authurl", "openidconfiguration", "metadataurl"),
    "audience": ("applicationiduri", "appiduri", "audience", "resource", "apiiduri", "identifieruri", "aud"),
    "secret_id": ("clientsecretid", "secretid", "keyid"),
}  # fmt: skip
_BY_LABEL = {label: name for name, labels in _LABELS.items() for label in labels}


@dataclass(frozen=True, slots=True)
class Handover:
    """What was found; "" (or None) where nothing was. `cloud` is a code of the Entra cloud table.

    `notes` are sentences about what looks odd in the text; none of them holds a secret.
    """

    tenant: str = ""
    cloud: str = ""
    client_id: str = ""
    scope: str = ""
    base_url: str = ""
    subscription_key: Secret | None = None
    client_secret: Secret | None = None
    notes: tuple[str, ...] = ()


def read_handover(text: str) -> Handover:
    """The parts of a client's registration in a text; never raises, and finds nothing in a text that has nothing."""
    text = text[:MAX_LENGTH].replace("\\\n", " ").replace("\u00a0", " ")
    named = _labelled(text)
    urls = [url.rstrip(".") for url in _URL.findall(text)]
    login = next((url for url in urls if cloud_of(url)), "")
    tenant = _tenant(named, login, text)
    scope, scope_note = _scope(named, text)
    secret = named.get("client_secret", "")
    key = named.get("subscription_key", "") or _first(_KEY_HEADER, text)
    return Handover(
        tenant=tenant,
        cloud=cloud_of(login) if login else "",
        client_id=_client_id(named),
        scope=scope,
        base_url=_base_url(named, urls, scope),
        subscription_key=Secret(key) if _is_filled(key) else None,
        client_secret=Secret(secret) if _is_filled(secret) else None,
        notes=(*scope_note, *_notes(named, login)),
    )


def _labelled(text: str) -> dict[str, str]:
    """Values that stand behind a known label; the first one wins. A label may stand alone on the line above its
    value."""
    found: dict[str, str] = {}
    waiting = ""
    for line in _lines(text):
        pair = _PAIR.match(line)
        label = _BY_LABEL.get(_plain(pair["label"]), "") if pair else ""
        value = _clean(pair["value"]) if pair else ""
        if label and value:
            found.setdefault(label, value)
            waiting = ""
        elif waiting and line.strip() and not label:
            found.setdefault(waiting, _clean(line))
            waiting = ""
        else:
            waiting = label or _BY_LABEL.get(_plain(line), "") or (waiting if not line.strip() else "")
    for match in _FORM.finditer(text):
        name = "audience" if match["label"] == "resource" else match["label"]
        found.setdefault(name, _clean(unquote(match["value"])))
    return found


def _lines(text: str) -> list[str]:
    """The lines of a text; JSON and C-like text on one line is broken at its commas."""
    lines: list[str] = []
    for line in text.splitlines():
        is_json = line.count('":') > 1
        lines += re.split(r'(?<=["\d\]}])\s*,\s*(?=")|[{}]', line) if is_json else [line]
    return lines


def _plain(label: str) -> str:
    return re.sub(r"[^a-z0-9]", "", label.lower())


def _clean(value: str) -> str:
    value = value.strip().strip("\"'`*<>").rstrip(",;").strip("\"'`")
    return "" if value.startswith(("(", "[")) and value.endswith((")", "]")) else value.strip()


def _is_filled(value: str) -> bool:
    """False for an empty value and for one that was masked or never filled in."""
    return bool(value) and not re.fullmatch(
        r"[*•.x_-]+|<.*>|\$?\{.*\}|your.*|see .*|sent separately.*|tbd|n/?a", value, re.I
    )


def _client_id(named: dict[str, str]) -> str:
    value = without_hidden(named.get("client_id", ""))
    found = GUID.search(value)
    return found[0] if found else value if _is_filled(value) else ""


def _tenant(named: dict[str, str], login: str, text: str) -> str:
    value = named.get("tenant", "")
    found = GUID.search(value) or _TENANT_DOMAIN.search(value)
    if found:
        return found[0]
    segments = [part for part in urlsplit(login).path.split("/") if part] if login else []
    if segments and segments[0].lower() not in _ANY_TENANT and (is_guid(segments[0]) or "." in segments[0]):
        return segments[0]
    domain = _TENANT_DOMAIN.search(text)
    return domain[0] if domain and not login else value if "." in value and " " not in value else ""


def _scope(named: dict[str, str], text: str) -> tuple[str, tuple[str, ...]]:
    stated = unquote(named.get("scope", "")) if "%" in named.get("scope", "") else named.get("scope", "")
    if stated and _is_filled(stated):
        return stated, ()
    if found := _SCOPE.search(unquote(text) if "%2F" in text or "%3A" in text else text):
        return found[0], ()
    audience = named.get("audience", "")
    if audience.startswith("api://") or is_guid(audience):
        return f"{audience.rstrip('/')}/.default", ("The scope was made from the API's identifier.",)
    return "", ()


def _base_url(named: dict[str, str], urls: list[str], scope: str) -> str:
    stated = named.get("base_url", "")
    candidates = [stated] if stated.startswith("http") and not cloud_of(stated) else []
    resource = scope.removesuffix("/.default")
    candidates += [url for url in urls if not cloud_of(url) and not url.startswith(resource or "-") and _is_api(url)]
    return candidates[0].split("?")[0].rstrip("/") if candidates else ""


def _is_api(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    is_portal = host.startswith(("portal.", "learn.", "docs.", "entra.")) or "developer." in host
    is_token = "/oauth2/" in url or ".well-known" in url or url.endswith("/token")
    return not is_portal and not is_token and not url.endswith("/.default")


def _notes(named: dict[str, str], login: str) -> tuple[str, ...]:
    notes = []
    if is_guid(named.get("client_secret", "")):
        notes.append("The client secret looks like an id; secrets of Entra do not have this form.")
    if "secret_id" in named and "client_secret" not in named:
        notes.append("Only the id of the secret is in the text; its value is needed.")
    if login and any(f"/{word}" in login.lower() for word in _ANY_TENANT):
        notes.append("The token address names no tenant; ask for the Directory (tenant) ID.")
    return tuple(notes)


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1] if found else ""
