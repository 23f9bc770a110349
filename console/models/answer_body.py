"""Bodies of answers that are too long to stand with their attempt, or are no text."""

from django.db import models

from console.models.attempt import Attempt


class AnswerBody(models.Model):
    """`content` is redacted text, or bytes that were looked through; it goes with its attempt, whose rights it has."""

    attempt = models.OneToOneField(Attempt, primary_key=True, on_delete=models.CASCADE, related_name="answer_body")
    content = models.BinaryField()
