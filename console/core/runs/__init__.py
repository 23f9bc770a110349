"""Long work: one file per kind."""

from console.core.runs import operation
from console.core.runs.base import RunKind

RUNS: tuple[RunKind, ...] = (operation.KIND,)
BY_CODE = {kind.code: kind for kind in RUNS}
