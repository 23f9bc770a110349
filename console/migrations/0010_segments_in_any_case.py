"""No two workspaces whose segments differ in letter case alone: some clients lower-case the addresses they are given."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models.functions import Lower

from console.adapters import random


def tell_apart(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Gives the later of two such workspaces a new segment; its person finds the new addresses on the sandbox's page."""
    workspaces = apps.get_model("console", "SandboxWorkspace").objects.using(schema_editor.connection.alias)
    seen: set[str] = set()
    for workspace in workspaces.order_by("pk").only("segment"):
        if workspace.segment.lower() in seen:
            workspace.segment = random.label()
            workspace.save(update_fields=["segment"])
        seen.add(workspace.segment.lower())


class Migration(migrations.Migration):
    dependencies = [("console", "0009_work_budgets")]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="sandboxworkspace",
            constraint=models.UniqueConstraint(Lower("segment"), name="one_workspace_per_segment_in_any_case"),
        ),
    ]
