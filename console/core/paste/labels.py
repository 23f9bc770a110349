"""What people call the parts of a registration, in mails, portals and settings files (English, German, Norwegian)."""

import re
from enum import StrEnum
from typing import NamedTuple


class Part(StrEnum):
    """`RESOURCE` and `AUDIENCE` name the API; `LINK` is an address of the identity provider; `IGNORED` is known, but
    no part of a profile (its value must not be taken for another). `SAMPLE_URL` is what an example calls, and
    `SOME_URL` an address whose label says only that it is one: both may tell the base URL where nothing else does.
    """

    CLIENT_ID = "client ID"
    TENANT = "tenant"
    SCOPE = "scope"
    RESOURCE = "resource"
    AUDIENCE = "audience"
    BASE_URL = "base URL"
    SAMPLE_URL = "sample call"
    SOME_URL = "address"
    KEY = "subscription key"
    SECOND_KEY = "second subscription key"
    SECRET = "client secret"
    LINK = "link"
    SECRET_ID = "secret ID"
    IGNORED = "ignored"


class LabelledValue(NamedTuple):
    """A value behind a label, as it stands in the text. It may be secret: never put it into a note."""

    part: Part
    value: str


_LABELS: dict[Part, str] = {
    Part.CLIENT_ID: "application client id, client id, clientid, application id, applicationid, app id, appid, "
    "client identifier, client app id, client application id, consumer id, consumer key, "
    "anwendungs id client, anwendungs id, anwendungsid, client kennung, "
    "program id klient, programid klient, program klient id, klient id, klientid, applikasjons id, applikasjonsid",
    Part.TENANT: "directory tenant id, tenant id, tenantid, directory id, tenant, tenant domain, tenant id or domain, "
    "verzeichnis id mandant, verzeichnis id, verzeichnisid, mandanten id, mandantenid, mandant, "
    "katalog id leier, katalog leier id, katalog id, leier id, leierid, leietaker id, leietaker",
    Part.SCOPE: "scope, scopes, api scope, default scope, requested scope, geltungsbereich, bereich, omfang",
    Part.RESOURCE: "application id uri, app id uri, applicationiduri, appiduri, api id uri, identifier uri, "
    "identifieruri, resource uri, resource, resource id, resource app id, api client id, api app id, "
    "api application id, api id, backend app id, backend client id, server app id, "
    "anwendungs id uri, ressource, program id uri, applikasjons id uri, ressurs",
    Part.AUDIENCE: "audience, audiences, aud, zielgruppe, målgruppe",
    Part.BASE_URL: "base url, baseurl, base uri, base address, api, endpoint, api endpoint, api url, "
    "api base url, api uri, api host, gateway url, service url, server url, url, host, basis url, basisadresse, "
    "api adresse, endpunkt, grunnadresse, base adresse, endepunkt",
    Part.KEY: "ocp apim subscription key, subscription key, subscriptionkey, apim subscription key, apim key, "
    "primary key, primary subscription key, product key, api key, apikey, x api key, "
    "abonnementschlüssel, abonnementsschlüssel, primärschlüssel, primärer schlüssel, api schlüssel, "
    "abonnementsnøkkel, abonnementnøkkel, primærnøkkel, api nøkkel",
    Part.SECOND_KEY: "secondary key, secondary subscription key, sekundärschlüssel, "
    "sekundärer schlüssel, sekundærnøkkel",
    Part.SECRET: "client secret, clientsecret, client secret value, secret value, secret, app secret, "
    "application secret, consumer secret, client password, client credential, "
    "geheimer clientschlüssel, clientgeheimnis, client geheimnis, geheimnis, geheimer schlüssel, "
    "klienthemmelighet, klient hemmelighet, hemmelighet, hemmelig verdi, hemmelighetsverdi",
    Part.LINK: "authority, authority url, token url, token uri, token endpoint, access token url, oauth token url, "
    "oauth 2 0 token endpoint v2, oauth 2 0 token endpoint, issuer, instance, authorization url, auth url, "
    "metadata url, openid configuration, token adresse, token endpunkt, token endepunkt",
    Part.SECRET_ID: "secret id, secretid, client secret id, secret identifier, secret guid, key id, keyid, "
    "geheimnis id, geheime id, geheimer schlüssel id, hemmelighets id, hemmelighet id, hemmelig id",
    Part.IGNORED: "object id, objectid, objekt id, objektid, principal id, subscription id, abonnement id, "
    "abonnements id, correlation id, request id, trace id, key vault, thumbprint, token type",
}
_BY_LABEL = {label.strip(): part for part, labels in _LABELS.items() for label in labels.split(",")}
# These words also end other labels ("PFX password", "Help URL"), so they count only when they stand alone.
_ALONE_ONLY = frozenset(
    {"secret", "url", "host", "api", "resource", "aud", "geheimnis", "hemmelighet", "bereich", "omfang"}
)
# A label that ends in one of these names an address; one with a word of the second set names another than the API's.
_ADDRESS_WORDS = frozenset({"url", "uri", "address", "adresse", "endpoint", "endpunkt", "endepunkt", "host"})
_OTHER_ADDRESSES = frozenset({
    "help", "docs", "doc", "documentation", "portal", "support", "swagger", "openapi", "spec", "terms", "privacy",
    "logo", "redirect", "callback", "reply", "wiki", "status", "issue", "issues", "ticket", "home", "homepage", "admin",
    "login", "logout", "sign", "console", "developer", "hilfe", "hjelp",
})  # fmt: skip
_JSON_ONLY = {"password": Part.SECRET}  # what `az ad sp create-for-rbac` calls the secret
_BY_PREFIX = frozenset({Part.CLIENT_ID, Part.TENANT})  # "Client ID for test": their values have a form to check
_MOST_WORDS = 6
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")
_IN_PARENTHESES = re.compile(r"\([^()]{0,60}\)")


def part_of(label: str, *, is_json: bool = False) -> Part | None:
    """The part a label names; None for a label that is not known. Words in front ("Azure", "test") do not matter."""
    label = label[:120]
    for text in (label, _IN_PARENTHESES.sub(" ", label)):
        words = _WORD.findall(_CAMEL.sub(" ", text).lower())
        if part := _by_end(words) or _by_start(words):
            return part
        if 1 < len(words) <= _MOST_WORDS and words[-1] in _ADDRESS_WORDS and not _OTHER_ADDRESSES & set(words):
            return Part.SOME_URL
    return _JSON_ONLY.get(label.lower()) if is_json else None


def _by_end(words: list[str]) -> Part | None:
    for count in range(min(_MOST_WORDS, len(words)), 0, -1):
        label = " ".join(words[-count:])
        is_whole = count == len(words)
        is_near = count > 1 or len(words) <= 3
        if label in _BY_LABEL and (is_whole or (is_near and label not in _ALONE_ONLY)):
            return _BY_LABEL[label]
    return None


def _by_start(words: list[str]) -> Part | None:
    for count in range(min(_MOST_WORDS, len(words)), 1, -1):
        part = _BY_LABEL.get(" ".join(words[:count]))
        if part is not None:
            return part if part in _BY_PREFIX else None
    return None
