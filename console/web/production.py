"""A call to production is asked about once: of each profile, until the person signs out."""

from django.http import HttpRequest

from console.core.environment import EnvironmentKind, environment_kind
from console.core.profile import Profile

AGREED = "production"  # the name of the field that says so, and of what the session keeps
MOST = 100  # profiles of a session; of the one before those is asked again
QUESTION = (
    "Nothing was sent yet: this profile is for {name}, where a call works with what is real. "
    "You are asked once for this profile, until you sign out."
)


def question(request: HttpRequest, profile: Profile) -> str:
    """What to ask before a call is sent; "" when it may be sent."""
    if environment_kind(profile.environment) is not EnvironmentKind.PRODUCTION:
        return ""
    agreed: list[str] = request.session.get(AGREED, [])
    if profile.id in agreed:
        return ""
    if AGREED not in request.POST:
        return QUESTION.format(name=profile.environment)
    request.session[AGREED] = [*agreed, profile.id][-MOST:]
    return ""
