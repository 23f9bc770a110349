"""From which folders an assertion may be read for whom: each is allowed for one provider alone.

Else whoever makes a profile for a server of their own could have the token of this machine's workload sent there.
"""

from django.conf import settings

from console.core.destination import origin


def folders_for(token_endpoint: str) -> list[str]:
    """The folders of CONSOLE_ASSERTION_FOLDERS (`folder=https://host`) that are allowed for this endpoint's origin."""
    entries = (entry.partition("=") for entry in settings.CONSOLE_ASSERTION_FOLDERS)
    return [folder for folder, _, where in entries if where and origin(where) == origin(token_endpoint)]
