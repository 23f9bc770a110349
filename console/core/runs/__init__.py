"""Long work: one file per kind."""

from typing import Any

from console.core.runs import device_code, operation
from console.core.runs.base import RunKind

RUNS: tuple[RunKind[Any], ...] = (operation.KIND, device_code.KIND)
BY_CODE = {kind.code: kind for kind in RUNS}
