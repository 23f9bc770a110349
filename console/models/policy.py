"""What is kept with the gateway policy of an Api: values it leaves open, and tokens to try it with."""

from django.db import models

from console.models.api import Api


class PolicySettings(models.Model):
    """`sealed` is a value of the vault (the kept values as JSON), "" when none are; `switches` ASCII JSON.

    `ends` is ASCII JSON: when each certificate among the values ends, by its id; `ends_at` is the first of them.
    """

    api = models.OneToOneField(Api, on_delete=models.CASCADE, related_name="policy_settings")
    sealed = models.TextField(blank=True)
    switches = models.TextField()
    ends = models.TextField(default="{}")
    ends_at = models.BigIntegerField(null=True, db_index=True)


class PolicySample(models.Model):
    """One row of the table. `sealed` is a value of the vault: the call with the token's header and claims, unsigned.

    `name` is an ASCII JSON string; `expected_verdict` is allow or reject, `expected_reason` "" when any will do.
    `is_verified` says whether the signature verified at `judged_at`.
    """

    id = models.UUIDField(primary_key=True)
    api = models.ForeignKey(Api, on_delete=models.CASCADE, related_name="policy_samples")
    name = models.TextField()
    expected_verdict = models.CharField(max_length=20)
    expected_reason = models.CharField(max_length=100, blank=True)
    sealed = models.TextField()
    judged_at = models.BigIntegerField()
    is_verified = models.BooleanField()
    created_at = models.BigIntegerField()
