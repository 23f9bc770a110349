"""Who did what. Rows are only ever added: triggers of both databases refuse UPDATE and DELETE."""

from django.db import models


class AuditEntry(models.Model):
    """`who` is an e-mail address as text: an entry outlives the person. `entry_hash` is "<key id>.<hex>".

    A new column is added as migration 0030 does: making the table anew would drop the triggers.
    """

    happened_at = models.BigIntegerField()
    who = models.TextField()
    action = models.TextField()
    object_kind = models.TextField()
    object_id = models.TextField()
    result = models.TextField()
    address = models.TextField()
    detail = models.TextField(db_default="")
    previous_hash = models.CharField(max_length=200, unique=True)  # unique: the chain cannot fork
    entry_hash = models.CharField(max_length=200, unique=True)

    class Meta:
        # What the trail is searched by, each with the number by which it is paged.
        indexes = (
            models.Index(fields=["who", "id"], name="audit_by_who"),
            models.Index(fields=["action", "id"], name="audit_by_action"),
            models.Index(fields=["action", "happened_at"], name="audit_by_action_and_time"),
            models.Index(fields=["object_kind", "id"], name="audit_by_kind"),
            models.Index(fields=["object_id", "id"], name="audit_by_object"),
            models.Index(fields=["result", "id"], name="audit_by_result"),
            models.Index(fields=["happened_at", "id"], name="audit_by_time"),
        )


class AuditHead(models.Model):
    """The one row that names the newest entry. `mac` is "<key id>.<hex>" over both columns: nobody without it can say
    that the trail is shorter. Made by a migration; where it is missing, somebody took it away.
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    entries = models.BigIntegerField()
    last_hash = models.CharField(max_length=200, blank=True)
    mac = models.CharField(max_length=200)
