"""Frozen, redacted evidence that one person hands to another, and what becomes of it."""

from django.conf import settings
from django.db import models

from console.models.api import Api
from console.models.attempt import Attempt
from console.models.profile import Profile


class CaseSequence(models.Model):
    """One row: the number that was given last. A number is never given again, also when its case is gone."""

    last = models.PositiveIntegerField(default=0)


class Case(models.Model):
    """All texts are ASCII JSON: what a far side sent may hold what a database refuses.

    `state` is a core CaseState, and `is_open` follows from it. `cause` is a slug, "" when none was found, None when
    nobody looked yet; `true_cause` what it turned out to be. `api_name` and `profile_name` stay when their rows go.
    `alike` is equal for the same cause at the same API, "" for a case like no other. `said` counts the entries of its
    conversation. `token_evidence` and `token_exchanges` are those of the request that got the token of a call, "" when
    there was none. The indexes are the orders in which the queue is read.
    """

    id = models.UUIDField(primary_key=True)
    number = models.PositiveIntegerField(unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="cases", db_index=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="assigned_cases", db_index=False
    )
    state = models.CharField(max_length=20, default="new")
    is_open = models.BooleanField(default=True)
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="cases")
    api = models.ForeignKey(Api, null=True, on_delete=models.SET_NULL, related_name="cases", db_index=False)
    profile = models.ForeignKey(Profile, null=True, on_delete=models.SET_NULL, related_name="cases", db_index=False)
    api_name = models.TextField(default='""')
    profile_name = models.TextField(default='""')
    cause = models.CharField(max_length=100, null=True)
    status = models.IntegerField(null=True)
    alike = models.CharField(max_length=130, default="")
    true_cause = models.CharField(max_length=100, default="")
    sentence = models.TextField(default='""')
    said = models.PositiveIntegerField(default=0)
    created_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()
    solved_at = models.BigIntegerField(null=True)
    expires_at = models.BigIntegerField(db_index=True)  # epoch seconds; from then on nobody sees it
    title = models.TextField()
    note = models.TextField()
    evidence = models.TextField()
    exchanges = models.TextField()
    token_evidence = models.TextField(default="")
    token_exchanges = models.TextField(default="")
    masked_count = models.PositiveIntegerField(default=0)
    left_out = models.PositiveIntegerField(default=0)  # bodies that did not go along

    class Meta:
        indexes = [
            models.Index(fields=["is_open", "-changed_at", "-number", "expires_at"], name="case_by_open"),
            models.Index(fields=["state", "-changed_at", "-number", "expires_at"], name="case_by_state"),
            models.Index(fields=["owner", "-changed_at", "-number"], name="case_by_owner"),
            models.Index(fields=["assignee", "-changed_at", "-number"], name="case_by_assignee"),
            models.Index(fields=["cause", "-changed_at", "-number"], name="case_by_cause"),
            models.Index(fields=["api", "-changed_at", "-number"], name="case_by_api"),
            models.Index(fields=["profile", "-changed_at", "-number"], name="case_by_profile"),
            models.Index(fields=["alike", "is_open", "-changed_at", "-number", "expires_at"], name="case_by_likeness"),
        ]


class CaseOpening(models.Model):
    """Who else opened a case: one row per person, for its owner to see."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="openings")
    reader = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_openings")
    times = models.PositiveIntegerField(default=0)
    opened_at = models.BigIntegerField()  # the last time, epoch seconds

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "reader"], name="one_opening_per_reader")]


class CaseComment(models.Model):
    """One entry of the conversation: `kind` is a core EntryKind. No author: the console itself.

    `position` counts within the case, so that what was kept in one second stays in its order.
    """

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="comments")
    kind = models.CharField(max_length=20, default="comment")
    text = models.TextField()  # ASCII JSON string
    by = models.TextField(default='""')  # ASCII JSON string: who said it at the console that the case is from
    created_at = models.BigIntegerField()
    position = models.PositiveIntegerField(default=0)


class CaseNews(models.Model):
    """Something of a case that somebody has not seen: it is new to them, or something was said since. Opening the case
    deletes the row. The constraint begins with the reader: it is the index by which somebody's news are counted.
    """

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="case_news", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="news")
    kind = models.CharField(max_length=10)  # new, answered

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "case"], name="once_news_of_a_case")]


class CaseTerm(models.Model):
    """A word by which a case is found (core/cases/terms.py)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="terms")
    term = models.CharField(max_length=64)

    class Meta:
        indexes = [
            # The classes are PostgreSQL's: with them it finds what begins with a word by this index.
            models.Index(fields=["term", "case"], name="case_by_term", opclasses=["varchar_pattern_ops", "uuid_ops"])
        ]
