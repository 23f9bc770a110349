"""What goes on without anybody looking: mails on their way, and which workers were seen."""

from django.db import models


class OutgoingMail(models.Model):
    """`sealed` is whom it goes to, subject and text, "" once it was given up. The row goes when the mail has gone out.

    `not_before` is epoch seconds: of the next attempt, or until when one may still be under way. `problem` is the class
    of the last failure.
    """

    id = models.UUIDField(primary_key=True)
    sealed = models.TextField(blank=True)
    made_at = models.BigIntegerField()
    not_before = models.BigIntegerField(db_index=True)
    tries = models.IntegerField(default=0)
    problem = models.CharField(max_length=100, blank=True)
    given_up_at = models.BigIntegerField(null=True)


class WorkerSeen(models.Model):
    """A process that does tasks, and when it last said so; `name` is its host and process."""

    name = models.CharField(max_length=100, primary_key=True)
    seen_at = models.BigIntegerField(db_index=True)
