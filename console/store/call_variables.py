"""Values that stand for names in calls: of a profile, and of its owner's profiles for one environment.

Callers have checked what the actor may do with the profile; what it is used for, they see.
"""

import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F

from console.core.compose.variables import VariableSets
from console.core.profile import Profile
from console.models import CallVariables
from console.store import json_text, rows, statements

_OF_PROFILE = f"""
    SELECT profile_id, "values", version FROM {statements.table(CallVariables)}
    WHERE profile_id = %s OR (profile_id IS NULL AND owner_id = %s AND environment = %s)
"""  # noqa: S608 (the name of a table)


def of_profile(profile: Profile) -> VariableSets:
    """One query."""
    key = statements.of_uuid(uuid.UUID(profile.id))
    found = statements.asked(_OF_PROFILE, key, profile.owner_id, _environment(profile))
    sets = {of is None: json_text.load(text, dict[str, str]) for of, text, _ in found}
    return VariableSets(sets.get(False, {}), sets.get(True, {}), sum(version for *_, version in found))


def put(profile: Profile, values: Mapping[str, str], *, is_shared: bool) -> None:
    """In the place of what was there. Raises Stale where another request was first."""
    columns = {
        "owner_id": profile.owner_id,
        "profile_id": None if is_shared else uuid.UUID(profile.id),
        "environment": _environment(profile) if is_shared else "",
    }
    text = json_text.dump(dict(values))
    if CallVariables.objects.filter(**columns).update(values=text, version=F("version") + 1) or not values:
        return
    try:
        with transaction.atomic():
            CallVariables.objects.create(**columns, values=text)
    except IntegrityError:
        raise rows.stale("list of variables") from None


def _environment(profile: Profile) -> str:
    return profile.environment.strip().casefold()[:100]
