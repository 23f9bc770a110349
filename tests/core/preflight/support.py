"""Places and profiles for the stages of a preflight."""

from console.core.credential import CredentialSummary
from console.core.http.reached import ReachedPlace, ServerCertificate
from console.core.profile import Profile

NOW = 1_800_000_000
DAY_S = 86_400


def place(host="login.example", **values):
    return ReachedPlace(host, 443, **{"purpose": "provider", **values})


def certificate(**values):
    usual = {
        "subject": "CN=login.example",
        "issuer": "CN=Example CA",
        "names": ("login.example",),
        "not_before": NOW - DAY_S,
        "not_after": NOW + 90 * DAY_S,
        "chain": ("CN=login.example", "CN=Example CA"),
    }
    return ServerCertificate(**{**usual, **values})


def profile(**values):
    usual = {
        "id": "1",
        "owner_id": 1,
        "name": "Orders client",
        "environment": "",
        "provider": "generic",
        "settings": {},
        "client_id": "client",
        "grant": "client_credentials",
        "scope": "",
        "api_id": None,
        "has_subscription_key": False,
        "credential": CredentialSummary(),
        "version": 1,
    }
    return Profile(**{**usual, **values})


def labels(result):
    return {fact.label: fact.value for fact in result.facts}


def told(result):
    return result.what, result.why, result.do
