"""Cases of before get what their attempt knows (cause, status, API, profile), and the words by which they are found.

The cause of one whose attempt is gone stays unknown until somebody opens it.
"""

import hashlib
import json
import re
from typing import Any

from django.db import migrations

BATCH = 200
WORD = re.compile(r"[^\W_]+")
OF_ATTEMPT = ("primary_cause", "status", "api__name", "profile__name")


def fill(apps: Any, schema_editor: Any) -> None:
    alias = schema_editor.connection.alias
    cases = apps.get_model("console", "Case").objects.using(alias)
    terms = apps.get_model("console", "CaseTerm").objects.using(alias)
    small = cases.select_related("owner", "attempt", "attempt__api", "attempt__profile")
    small = small.only("pk", "number", "title", "owner__email", *(f"attempt__{name}" for name in OF_ATTEMPT))
    for row in list(small):
        api, profile = (row.attempt.api, row.attempt.profile) if row.attempt else (None, None)
        if row.attempt:
            row.cause, row.status = row.attempt.primary_cause, row.attempt.status
        row.api, row.profile = api, profile
        row.api_name = json.dumps(api.name if api else "")
        row.profile_name = json.dumps(profile.name if profile else "")
        if row.cause and api:
            row.alike = f"{row.cause} {hashlib.sha256(str(api.pk).encode()).hexdigest()[:24]}"
        row.save(update_fields=["cause", "status", "api", "profile", "api_name", "profile_name", "alike"])
        texts = (str(row.number), json.loads(row.title), row.owner.email, row.cause or "", *(one.name for one in (api, profile) if one))
        words = dict.fromkeys(word[:64] for text in texts for word in WORD.findall(text.casefold()))
        terms.bulk_create([terms.model(case_id=row.pk, term=word) for word in list(words)[:80]], batch_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("console", "0020_case_queue")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
