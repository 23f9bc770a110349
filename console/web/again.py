"""What was typed into a form that could not be taken now, to be sent once more: nobody types it twice."""

from dataclasses import dataclass

from django.http import HttpRequest

FORGERY = "csrfmiddlewaretoken"
SECRETS = frozenset({"secret", "passphrase", "password", "subscription_key", "decryption_key"})


@dataclass(frozen=True, slots=True)
class TypedAgain:
    """`fields` are (name, value) pairs as sent; `asks_again` when a file or a secret must be given once more."""

    address: str
    fields: tuple[tuple[str, str], ...]
    asks_again: bool


def typed_again(request: HttpRequest) -> TypedAgain:
    """The form of a request that was refused for now. Secrets and files are not written into a page."""
    sent = [(name, value) for name, values in request.POST.lists() for value in values]
    fields = tuple((name, value) for name, value in sent if name not in SECRETS | {FORGERY})
    is_kept_back = any(name in SECRETS and value for name, value in sent)
    return TypedAgain(request.get_full_path(), fields, asks_again=is_kept_back or bool(request.FILES))
