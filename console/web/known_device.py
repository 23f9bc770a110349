"""A device that signed in before. Its cookie signs nobody in; strangers' guesses do not hold it up."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from console.adapters import random
from console.models import Person
from console.store import people

NAME = "__Host-known-device" if settings.SESSION_COOKIE_SECURE else "known-device"
SALT = "console.known-device"
LIFE_S = 180 * 86_400
MOST = 5  # people who share a browser


def of(request: HttpRequest, email: str) -> str:
    """The id of this device for that account; "" when it never signed in to it."""
    known = people.find(email)
    return _read(request).get(str(known.user_id), "") if known else ""


def remember(request: HttpRequest, response: HttpResponse, person: Person) -> None:
    devices = _read(request)
    key = str(person.pk)
    devices = {key: devices.pop(key, "") or random.token(), **devices}
    value = signing.dumps(dict(list(devices.items())[:MOST]), salt=SALT)
    secure = settings.SESSION_COOKIE_SECURE
    response.set_cookie(NAME, value, max_age=LIFE_S, secure=secure, httponly=True, samesite="Lax", path="/")


def _read(request: HttpRequest) -> dict[str, str]:
    """Device ids by the id of the person; nothing of a cookie that was forged or is too old."""
    try:
        value: Any = signing.loads(request.COOKIES.get(NAME, ""), salt=SALT, max_age=LIFE_S)
    except signing.BadSignature:
        return {}
    return value if isinstance(value, dict) else {}
