"""A grant that nobody should use any more says so wherever its profile is shown."""

from collections.abc import Iterator

from console.core import grants
from console.core.finding import Finding, Status
from console.core.owner import Owner
from console.core.profile import Profile, ProfileDraft


def check(profile: Profile | ProfileDraft) -> Iterator[Finding]:
    found = next((grant for grant in grants.GRANTS if grant.code == profile.grant), None)
    if found is None or not found.warning:
        return
    yield Finding(
        Status.WARNING,
        f"This profile uses the {found.code} grant, which is there for the test of old clients only.",
        found.warning,
        "Use authorization code with PKCE for everything new, and move what is old to it.",
        Owner.INTEGRATOR,
        check="profile-grant",
        source=found.source,
    )
