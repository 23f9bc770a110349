"""Who may sign in."""

from typing import ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower


class Person(AbstractBaseUser):
    """`email` is the login name, stored in lower case. `roles` are values of core Role, separated by a blank.

    `wants_reminders`: by mail, before something ends.
    """

    email = models.EmailField(unique=True)
    display_name = models.CharField(max_length=200, blank=True)
    roles = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.BigIntegerField()
    wants_reminders = models.BooleanField(default=True)

    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="person_email_without_case")]

    def __str__(self) -> str:
        return self.email


class SignInLink(models.Model):
    """A link that signs one person in once. Of its token only "<key id>.<HMAC with that key of the ring>" is kept.

    `is_local` links (the demo's) work only from the machine that the console runs on. `is_recovery` links were made by
    `made_by` (an address, as text) for somebody who had signed in before: who uses one chooses a new way to sign in.
    """

    token_hash = models.CharField(max_length=90, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="sign_in_links")
    made_at = models.BigIntegerField(default=0)
    made_by = models.CharField(max_length=254, blank=True, default="")
    expires_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)
    is_local = models.BooleanField(default=False)
    is_recovery = models.BooleanField(default=False)


class SignInTries(models.Model):
    """Passwords tried under one name ("account and network", say), as an HMAC; all times are epoch seconds.

    Nothing is tried under this name before `free_at`.
    """

    name_hash = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    last_at = models.BigIntegerField(default=0, db_index=True)
    free_at = models.BigIntegerField(default=0)
