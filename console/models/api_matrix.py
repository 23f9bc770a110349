"""What is kept with an Api of its matrix of auth variants."""

from django.db import models

from console.models.api import Api


class ApiMatrix(models.Model):
    """`choice` is ASCII JSON of core MatrixChoice; `kept_at` is epoch seconds."""

    api = models.OneToOneField(Api, on_delete=models.CASCADE, related_name="matrix")
    choice = models.TextField()
    kept_at = models.BigIntegerField()
