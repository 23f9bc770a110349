"""The further providers of the sandbox: where they are, what is registered there, and what to copy."""

from typing import Any

from console.sandbox.providers.oauth.client_auth import BASIC, KEY, POST, SELF_SIGNED
from console.sandbox.redirects import placed
from console.sandbox.registered import OAuthClient, OrganisationScope, RegisteredKey, Registrations
from console.web.present import words

METHODS = {
    BASIC: "a secret in the header",
    POST: "a secret in the body",
    KEY: "a signed assertion",
    SELF_SIGNED: "a certificate in TLS",
    "none": "nothing: it is public",
}
Row = dict[str, Any]


def providers_view(base: str, registered: Registrations, now: int) -> list[Row]:
    """A row for each provider: addresses, and a table of its clients."""
    made = (
        _maskinporten(base, registered, now),
        _tokenx(base, registered, now),
        _oauth(base, "idporten", "ID-porten", registered.idporten, now),
        _oauth(base, "generic", "Generic OAuth 2.0 and OpenID Connect", registered.generic, now),
    )
    return [{**one, "clients": _named(one), "buttons": _buttons(one)} for one in made]


BUTTONS = (
    ("key", "Register the key"),
    ("certificate", "Register the certificate"),
    ("secret", "Make a new secret"),
)


def handed_over(providers: list[Row], segment: str, made: Row) -> Row:
    """By what name a client of a provider is known whose secret was just made, and the text that fills in a profile
    with both.
    """
    provider = next(one for one in providers if one["segment"] == segment)
    client = next(one for one in provider["clients"] if one["id"] == made["client_id"])
    parts = {"Issuer": provider["addresses"][0]["value"], "Client ID": client["id"], "Client secret": made["secret"]}
    return {"name": client["name"], "handover": "\n".join(f"{label}: {value}" for label, value in parts.items())}


def _buttons(provider: Row) -> list[Row]:
    """One for each kind of proof that some client of the provider takes."""
    taken = {kind for client in provider["clients"] for kind in client["takes"]}
    return [{"name": name, "text": text} for name, text in BUTTONS if name in taken]


def _named(provider: Row) -> list[Row]:
    return [
        {**client, "html_id": f"id-{provider['segment']}-{number}"}
        for number, client in enumerate(provider["clients"], 1)
    ]


def _addresses(issuer: str, metadata: str, token: str) -> list[Row]:
    pairs = (("Issuer", issuer), ("Metadata", metadata), ("Token endpoint", token))
    return [{"label": label, "value": value, "is_code": True} for label, value in pairs]


def _maskinporten(base: str, registered: Registrations, now: int) -> Row:
    side, issuer = registered.maskinporten, f"{base}/maskinporten/"
    certificates = [f"any of its organisation: {one.subject}" for one in side.certificates]
    clients = [
        {
            "id": one.id,
            "name": one.name,
            "proof": _keys(one.keys, now) or certificates or ["no key and no certificate yet"],
            "details": [f"organisation {one.organisation}", " ".join(one.scopes)],
            "takes": ["key", "certificate"],
        }
        for one in side.clients
    ]
    facts = [_scope(one) for one in side.scopes]
    facts += [f"{one.customer} has delegated {one.scope} to {one.supplier}." for one in side.delegations]
    facts += [f"{one.customer} has the system user {one.reference} of {one.system_id}." for one in side.system_users]
    facts += [f"Consent {one.id} of {one.given_by}." for one in side.consents]
    metadata = f"{issuer}.well-known/oauth-authorization-server"
    return {
        "segment": "maskinporten",
        "title": "Maskinporten",
        "addresses": _addresses(issuer, metadata, f"{issuer}token"),
        "details_title": "Organisation and scopes",
        "clients": clients,
        "facts": facts,
    }


def _scope(one: OrganisationScope) -> str:
    to = f"open to {', '.join(one.open_to)}" if one.open_to else "open to nobody"
    return f"{one.name}: {to}; for clients of {one.integration}; tokens of {one.max_age_s} s."


def _tokenx(base: str, registered: Registrations, now: int) -> Row:
    issuer = f"{base}/tokenx"
    clients = [
        {
            "id": one.id,
            "name": "",
            "proof": _keys(one.keys, now) or ["no key yet"],
            "details": list(one.inbound) or ["nobody"],
            "takes": ["key"],
        }
        for one in registered.tokenx.applications
    ]
    return {
        "segment": "tokenx",
        "title": "TokenX",
        "addresses": _addresses(issuer, f"{issuer}/.well-known/oauth-authorization-server", f"{issuer}/token"),
        "details_title": "Lets in",
        "clients": clients,
        "facts": [],
    }


def _oauth(base: str, segment: str, title: str, known: tuple[OAuthClient, ...], now: int) -> Row:
    issuer, console = f"{base}/{segment}", base.rpartition("/sandbox/")[0]
    clients = [
        {
            "id": one.id,
            "name": one.name,
            "proof": [f"By {METHODS[one.method]}.", *_proof(one, now)],
            "details": [
                " ".join(one.scopes),
                *(f"back to {placed(uri, console=console)}" for uri in one.redirect_uris),
            ],
            "takes": _takes(one),
        }
        for one in known
    ]
    return {
        "segment": segment,
        "title": title,
        "addresses": _addresses(issuer, f"{issuer}/.well-known/openid-configuration", f"{issuer}/token"),
        "details_title": "Scopes and way back",
        "clients": clients,
        "facts": [],
    }


def _ways_back(one: OAuthClient, console: str) -> list[str]:
    return [f"back to {placed(uri, console=console)}" for uri in one.redirect_uris]


def _proof(one: OAuthClient, now: int) -> list[str]:
    if one.method == KEY:
        return _keys(one.keys, now) or ["no key yet"]
    if one.method == SELF_SIGNED:
        return _shown(one.certificates)
    return [f"secret {_end(secret.until, now)}" for secret in one.secrets]


def _takes(one: OAuthClient) -> list[str]:
    kinds = {KEY: ["key"], SELF_SIGNED: ["certificate"], BASIC: ["secret"], POST: ["secret"]}
    return kinds.get(one.method, [])


def _keys(known: tuple[RegisteredKey, ...], now: int) -> list[str]:
    return [f"kid {one.kid} {_end(one.until, now)}" for one in known]


def _shown(thumbprints: tuple[str, ...]) -> list[str]:
    return [f"certificate {one}" for one in thumbprints] or ["no certificate yet"]


def _end(until: int, now: int) -> str:
    return f"until {words.exact(until)}" if until > now else f"ended {words.exact(until)}"
