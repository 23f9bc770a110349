"""What is left to sign in with once a key is removed, for the page that asks once more."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.views import RemoveWebAuthnView

from console.store import ways_in

LAST = "It is your last: your recovery codes stop working with it."
PASSWORD_ALONE = "From then on your password alone lets you in."
NO_OTHER_WAY = (
    "It is your only way to sign in: choose another on the page that comes next, or nobody lets you in again."
)


class RemoveKey(RemoveWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Says before a key goes what goes with it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "facts": _facts(self.object)}


def _facts(key: Authenticator) -> list[str]:
    is_last = not ways_in.has_second_step(key.user_id, without_key=key.pk)
    if not ways_in.has_one(key.user, without_key=key.pk):
        return [LAST, NO_OTHER_WAY] if is_last else [NO_OTHER_WAY]
    if not is_last:
        return []
    return [LAST, PASSWORD_ALONE] if key.user.has_usable_password() else [LAST]
