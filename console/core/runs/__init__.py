"""Long work: one file per kind."""

from typing import Any

from console.core.runs import collection, device_code, matrix, operation, preflight
from console.core.runs.base import RunKind

RUNS: tuple[RunKind[Any], ...] = (operation.KIND, device_code.KIND, preflight.KIND, matrix.KIND, collection.KIND)
BY_CODE = {kind.code: kind for kind in RUNS}
