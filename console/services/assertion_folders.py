"""From which folders an assertion may be read for whom: each is allowed for one provider alone.

Else whoever makes a profile for a server of their own could have the token of this machine's workload sent there.
"""

from django.conf import settings

from console.core.destination import origin
from console.core.oauth.place import Place


def folders_for(place: Place) -> list[str]:
    """The folders of CONSOLE_ASSERTION_FOLDERS (`folder=https://host`) that are allowed for this provider: for the
    origin of each address at which its clients prove themselves, because the assertion goes to all of them.
    """
    entries = (entry.partition("=") for entry in settings.CONSOLE_ASSERTION_FOLDERS)
    allowed: dict[str, set[str]] = {}
    for folder, _, where in entries:
        if where:
            allowed.setdefault(folder, set()).add(origin(where))
    wanted = {origin(address) for address in place.proven_at}
    return [folder for folder, origins in allowed.items() if wanted and wanted <= origins]
