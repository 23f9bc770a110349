"""What a grant is asked with in tests."""

from console.core.credential import Secret
from console.core.grants.base import Ask
from console.core.oauth.fresh import Fresh
from console.core.oauth.place import Place

NOW = 1_790_000_000
FRESH = Fresh(NOW, "jti-1", "state-1", "nonce-1", Secret("verifier-1"))
PLACE = Place("https://idp.example/t", "https://idp.example/t/metadata", "https://idp.example/t/token")


def ask(**changes) -> Ask:
    given = {"place": PLACE, "client_id": "c", "scope": "s", "settings": {}, "fresh": FRESH, "given": {}}
    return Ask(**{**given, **changes})
