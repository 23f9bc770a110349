"""The values of a group of rows as one text, so that they come along in the query for something else."""

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Aggregate, Expression, TextField
from django.db.models.sql.compiler import SQLCompiler


class Joined(Aggregate):
    """In no order, with `separator` (of this program's own writing) between two; each database has its own name."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, '%(separator)s')"

    def __init__(self, expression: str | Expression, separator: str = " ", **extra: Any) -> None:
        super().__init__(expression, **{"separator": separator, "output_field": TextField(), **extra})

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Sequence[Any]]:
        template = "%(function)s((%(expressions)s)::text, '%(separator)s')"
        return self.as_sql(compiler, connection, function="STRING_AGG", template=template)
