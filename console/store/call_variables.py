"""Values that stand for names in calls: of a profile, and of its owner's profiles for one environment.

Callers have checked what the actor may do with the profile; what it is used for, they see.
"""

import uuid
from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from console.core.compose.variables import VariableSets
from console.core.profile import Profile
from console.models import CallVariables
from console.store import json_text, rows


def of_profile(profile: Profile) -> VariableSets:
    """One query."""
    shared = Q(profile__isnull=True, owner_id=profile.owner_id, environment=_environment(profile))
    found = list(CallVariables.objects.filter(Q(profile_id=uuid.UUID(profile.id)) | shared))
    sets = {row.profile_id is None: json_text.load(row.values, dict[str, str]) for row in found}
    return VariableSets(sets.get(False, {}), sets.get(True, {}), sum(row.version for row in found))


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
