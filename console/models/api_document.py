"""What an OpenAPI document says of an Api: its operations one by one, and the document as a whole without its text."""

from django.db import models

from console.models.api import Api


class ImportedDocument(models.Model):
    """`facts` is ASCII JSON (core.openapi.kept); `source` an ASCII JSON string: an address, or a file's name."""

    api = models.OneToOneField(Api, on_delete=models.CASCADE, related_name="document")
    facts = models.TextField()
    source = models.TextField()
    imported_at = models.BigIntegerField()


class ApiOperation(models.Model):
    """`position` is its place in the document. `segments` counts the parts of `path`: a call finds its operation among
    few. `search` is all that is searched, in lower case; `detail` ASCII JSON of the operation, `digest` of that.
    `schema` is that of its body (core.openapi.schemas), "" for none: apart, because few ask for it.
    """

    api = models.ForeignKey(Api, on_delete=models.CASCADE, related_name="operations")
    position = models.PositiveIntegerField()
    method = models.CharField(max_length=20)
    path = models.TextField()
    segments = models.PositiveSmallIntegerField()
    tag = models.TextField(blank=True)
    search = models.TextField()
    digest = models.CharField(max_length=64)
    detail = models.TextField()
    schema = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=("api", "position"), name="one_operation_at_a_place")]
        indexes = [models.Index(fields=("api", "method", "segments"), name="operation_of_a_call")]
