"""A registered OAuth client and, apart from it, what proves it."""

from django.conf import settings
from django.db import models


class Profile(models.Model):
    """Columns as the fields of core Profile. `settings` is an ASCII JSON object of texts, `accepted` a sealed core
    AcceptedDestination, "" when there is none.
    """

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profiles")
    name = models.CharField(max_length=200)
    environment = models.CharField(max_length=100, blank=True)
    provider = models.CharField(max_length=50)
    settings = models.TextField(default="{}")
    client_id = models.CharField(max_length=500, blank=True)
    grant = models.CharField(max_length=50)
    scope = models.CharField(max_length=2000, blank=True)
    api = models.ForeignKey("console.Api", null=True, on_delete=models.SET_NULL, related_name="profiles")
    accepted = models.TextField(blank=True, default="")
    version = models.PositiveIntegerField(default=1)
    created_at = models.BigIntegerField()
    changed_at = models.BigIntegerField()


class StoredCredential(models.Model):
    """`sealed` is a value of the vault, "" when nothing is stored; `version` outlives what was discarded.

    `ends_at` is when what is stored ends, null when nobody knows: a certificate and an assertion tell it, of a secret
    and a key somebody typed it, at `dated_at`. It opens nothing, so that nothing is sealed to it.
    """

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="stored_credential")
    kind = models.CharField(max_length=20)
    sealed = models.TextField(blank=True)
    bound_to = models.CharField(max_length=2000, blank=True)
    version = models.PositiveIntegerField()
    set_at = models.BigIntegerField(null=True)
    facts = models.TextField(blank=True)  # ASCII JSON of the core facts of its kind, "" for a secret
    chain_pem = models.TextField(blank=True)  # public certificates, leaf first
    ends_at = models.BigIntegerField(null=True, db_index=True)
    dated_at = models.BigIntegerField(null=True)


class SubscriptionKey(models.Model):
    """The gateway's subscription key of one profile, bound to the Api it was entered for; dates as of a credential."""

    profile = models.OneToOneField(Profile, on_delete=models.CASCADE, related_name="subscription_key")
    sealed = models.TextField()
    bound_to = models.CharField(max_length=2000)
    set_at = models.BigIntegerField()
    ends_at = models.BigIntegerField(null=True, db_index=True)
    dated_at = models.BigIntegerField(null=True)
