"""One million rows of gateway logs through `triage`, against reading the same file line by line as JSON.

    python -m tests.bench.triage [ROWS]

Prints seconds, the ratio to `msgspec` decoding each line, and the peak of memory of the whole process.
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from console.core.triage import Tally, read_rows
from tests.core.triage.made import as_csv, as_json_lines, made_rows

BLOCK = 10_000


def _written(folder: Path, rows: int, name: str, block: bytes, header: bytes = b"") -> Path:
    path = folder / name
    with path.open("wb") as file:
        file.write(header)
        for _ in range(max(1, rows // BLOCK)):
            file.write(block)
    return path


def _triaged(path: Path) -> tuple[float, int, int]:
    start = time.perf_counter()
    tally = Tally(key=b"k" * 32)
    with path.open("rb") as raw:
        tally.add(read_rows(raw), file=path.name)
    return time.perf_counter() - start, tally.rows, tally.result().refused


def _decoded(path: Path) -> float:
    start = time.perf_counter()
    with path.open("rb") as raw:
        for line in raw:
            msgspec.json.decode(line)
    return time.perf_counter() - start


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    made = made_rows(BLOCK)
    with tempfile.TemporaryDirectory() as folder:
        lines = _written(Path(folder), rows, "gateway.jsonl", as_json_lines(made) + b"\n")
        header, _, body = as_csv(made).partition(b"\n")
        table = _written(Path(folder), rows, "gateway.csv", body, header + b"\n")
        against = _decoded(lines)
        for path in (lines, table):
            took, read, refused = _triaged(path)
            print(f"{path.name}: {read:,} rows, {refused:,} refused, {took:.1f} s, {took / against:.1f} × decoding")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory of the process: {peak} MB")


if __name__ == "__main__":
    main()
