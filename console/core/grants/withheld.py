"""What a provider gives back for a person to open or to type: nothing of it may hold a secret of the client."""

from collections.abc import Iterable
from dataclasses import replace

from console.core.credential import Secret
from console.core.grants.base import Done, SendPerson, Wait
from console.core.oauth.id_token import refused
from console.core.redaction.gate import Gate

KIND = "secret_given_back"
_WORDS = (
    "The provider wrote a secret of this client into what a person is to open or to type, so nothing of it is shown."
)


def without_secrets(
    move: Wait | SendPerson, secrets: Iterable[Secret], public: Iterable[str] = ()
) -> Wait | SendPerson | Done:
    """The move as it may be shown, kept and gone on with; the end where a person cannot do without what is withheld.

    `public` are texts of the profile that no secret is looked for in.
    """
    gate = Gate(secrets, public)
    if isinstance(move, SendPerson):
        return move if gate.lets(move.url) else Done(refused(KIND, _WORDS))
    if not gate.lets_all((move.user_code, move.verification_uri)):
        return Done(refused(KIND, _WORDS))
    return move if gate.lets(move.uri_with_code) else replace(move, uri_with_code="")
