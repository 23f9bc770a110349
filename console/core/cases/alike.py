"""Which cases one answer would solve: the same cause at the same API."""

import hashlib


def alike_key(cause: str | None, *, api_id: str | None, api_name: str) -> str:
    """Equal for cases of one cause at one API; "" where the cause or the API is not known: those are like no other."""
    api = api_id or api_name.strip().casefold()
    if not cause or not api:
        return ""
    return f"{cause[:100]} {hashlib.sha256(api.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}"
