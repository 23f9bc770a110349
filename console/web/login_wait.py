"""What a person is told whose password is not looked at yet, and from which network they come."""

from allauth.core.internal.ratelimit import get_ip
from django.core.exceptions import ValidationError
from django.http import HttpRequest


def network_of(request: HttpRequest) -> str:
    """The address; of IPv6 the /64, which one customer has whole."""
    network: str = get_ip(request)
    return network


def problem(wait_s: int) -> ValidationError:
    """For known and unknown addresses alike."""
    unit = f"{wait_s} s" if wait_s < 120 else f"{-(-wait_s // 60)} min"
    return ValidationError(
        f"No password is looked at for another {unit}. Too many wrong ones were tried from here for this address. "
        "Wait, or sign in with a passkey."
    )
