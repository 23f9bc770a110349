"""Tokens kept for reuse, encrypted, and the leases that make one request of two clicks."""

from django.db import models

from console.models.connection import Connection
from console.models.profile import Profile


class StoredToken(models.Model):
    """`key_digest` is the SHA-256 of the whole key (the scope alone may be too long for an index).

    `connection` is whose token it is, null for the application's own.
    """

    key_digest = models.CharField(max_length=64, unique=True)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="stored_tokens")
    connection = models.ForeignKey(Connection, null=True, on_delete=models.CASCADE, related_name="stored_tokens")
    credential_version = models.PositiveIntegerField()
    grant = models.CharField(max_length=50)
    sealed = models.TextField()
    token_type = models.CharField(max_length=100)
    scope = models.TextField(blank=True)  # ASCII JSON string: the scope the server granted
    obtained_at = models.BigIntegerField()
    expires_at = models.BigIntegerField(null=True)


class ProofKey(models.Model):
    """A private key to which tokens are bound (RFC 9449), sealed. `digest` is the SHA-256 of all that it is for."""

    digest = models.CharField(max_length=64, unique=True)
    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="proof_keys")
    connection = models.ForeignKey("console.Connection", null=True, on_delete=models.CASCADE, related_name="proof_keys")
    sealed = models.TextField()


class Lease(models.Model):
    """Who works on `key`, and until when nobody else may."""

    key = models.CharField(max_length=200, unique=True)
    holder = models.CharField(max_length=100)
    until = models.BigIntegerField()
