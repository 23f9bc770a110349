"""Long work: one file per kind."""

from console.core.runs import operation
from console.core.runs.base import Kind

RUNS: tuple[Kind, ...] = (operation.KIND,)
BY_CODE = {kind.code: kind for kind in RUNS}
