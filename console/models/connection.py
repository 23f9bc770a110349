"""Stored authorizations of a profile, the links by which a person is asked for one, and sign-ins on their way."""

from django.conf import settings
from django.db import models

from console.models.attempt import Attempt
from console.models.profile import Profile


class Connection(models.Model):
    """Columns as the fields of core Connection; `problem` and `identity` are ASCII JSON, "" for none, `named` and
    `events` too. `sealed` holds the refresh token and the ID token, "" when there is neither. The access token is a
    StoredToken. `refresh_ends_at` is null where the provider did not say how long its refresh token lasts.
    """

    id = models.UUIDField(primary_key=True)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="connections")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="connections")
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=20)
    problem = models.TextField(blank=True, default="")
    identity = models.TextField(blank=True, default="")
    named = models.TextField(default="[]")
    events = models.TextField(default="{}")
    sealed = models.TextField(blank=True, default="")
    scope = models.TextField(default='""')  # ASCII JSON string: the scope the server granted
    bound_to = models.TextField(blank=True, default="")
    has_refresh_token = models.BooleanField(default=False)
    connected_at = models.BigIntegerField(null=True)
    refreshed_at = models.BigIntegerField(null=True)
    token_ends_at = models.BigIntegerField(null=True)
    refresh_ends_at = models.BigIntegerField(null=True, db_index=True)
    doubt_since = models.BigIntegerField(null=True)
    created_at = models.BigIntegerField()


class LoginLink(models.Model):
    """Hands one sign-in to a person without an account. Of its token only "<key id>.<HMAC>" is kept.

    `used_at` is when its button was pressed, `done_at` when its sign-in ended as `outcome` says; `revoked_at` when
    somebody took it back.
    """

    id = models.UUIDField(primary_key=True)
    token_hash = models.CharField(max_length=90, unique=True)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="login_links")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="login_links")
    meant_for = models.CharField(max_length=200, blank=True)
    made_at = models.BigIntegerField()
    expires_at = models.BigIntegerField()
    used_at = models.BigIntegerField(null=True)
    revoked_at = models.BigIntegerField(null=True)
    done_at = models.BigIntegerField(null=True)
    outcome = models.CharField(max_length=20, blank=True, default="")


class PendingAuthorization(models.Model):
    """One sign-in of one person in one browser, from its beginning to what was kept of it.

    `state_hash` and `browser_hash` are HMACs: of the state that the answer must bring, and of the cookie of the browser
    that began. `person` is who is signed in here, null for whoever came by a login link. `attempt` tells how its
    exchange went. `sealed` is what its stage needs, "" once it is over; `answer_hash` is of the answer that was taken.
    """

    id = models.UUIDField(primary_key=True)
    state_hash = models.CharField(max_length=90, unique=True)
    browser_hash = models.CharField(max_length=90)
    connection = models.ForeignKey(Connection, on_delete=models.CASCADE, related_name="authorizations")
    link = models.ForeignKey(LoginLink, null=True, on_delete=models.CASCADE, related_name="authorizations")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="authorizations"
    )
    attempt = models.ForeignKey(Attempt, null=True, on_delete=models.SET_NULL, related_name="authorizations")
    stage = models.CharField(max_length=20)
    sealed = models.TextField(blank=True, default="")
    answer_hash = models.CharField(max_length=90, blank=True, default="")
    problem = models.TextField(blank=True, default="")  # ASCII JSON of core ConnectionProblem
    version = models.PositiveIntegerField(default=0)
    made_at = models.BigIntegerField()
    expires_at = models.BigIntegerField(db_index=True)
