"""One million rows of gateway logs through `triage`, against reading the same file line by line as JSON.

    python -m tests.bench.triage [ROWS] [--upload]

Prints seconds, the ratio to `msgspec` decoding each line, and the peak of memory of the whole process. Targets:
1,000,000 rows in 60 s and 300 MB. With --upload also 50,000 rows handed in to the page of a real server. Target: 8 s.
"""

import gzip
import http.client
import re
import resource
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from console.core.triage import Tally, read_rows
from tests.bench.served import Site, site
from tests.core.triage.made import as_csv, as_json_lines, made_rows

BLOCK = 10_000


def _written(folder: Path, rows: int, name: str, block: bytes, header: bytes = b"") -> Path:
    path = folder / name
    with path.open("wb") as file:
        file.write(header)
        for _ in range(max(1, rows // BLOCK)):
            file.write(block)
    return path


def _triaged(path: Path) -> tuple[float, float, int, int]:
    """Seconds, seconds of processor, rows, refusals."""
    start, computed = time.perf_counter(), time.process_time()
    tally = Tally(key=b"k" * 32)
    with path.open("rb") as raw:
        tally.add(read_rows(raw), file=path.name)
    return time.perf_counter() - start, time.process_time() - computed, tally.rows, tally.result().refused


def _decoded(path: Path) -> float:
    start = time.process_time()
    with path.open("rb") as raw:
        for line in raw:
            msgspec.json.decode(line)
    return time.process_time() - start


def _multipart(token: str, name: str, data: bytes) -> tuple[bytes, str]:
    mark = "----bench"
    parts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="csrfmiddlewaretoken"\r\n\r\n{token}\r\n'.encode(),
        f'--{mark}\r\nContent-Disposition: form-data; name="export"; filename="{name}"\r\n'.encode(),
        b"Content-Type: application/octet-stream\r\n\r\n" + data + f"\r\n--{mark}--\r\n".encode(),
    ]
    return b"".join(parts), f"multipart/form-data; boundary={mark}"


def _uploaded(running: Site, name: str, data: bytes) -> tuple[float, bytes]:
    _, page, answer = running.get("/triage/")
    field = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    cookie = re.search(r"csrftoken=([^;]+)", answer.get("set-cookie", ""))
    assert field and cookie, "the page has no form"
    body, kind = _multipart(field[1].decode(), name, data)
    headers = {"Cookie": f"{running.cookie}; csrftoken={cookie[1]}", "Content-Type": kind, "HX-Request": "true"}
    start = time.perf_counter()
    connection = http.client.HTTPConnection(*running.address, timeout=60)
    connection.request("POST", "/triage/", body=body, headers=headers)
    told = connection.getresponse().read()
    connection.close()
    return time.perf_counter() - start, told


def upload() -> None:
    """50,000 rows through the page of a server of its own."""
    rows = made_rows(50_000)
    with site() as running:
        table, packed = as_csv(rows), gzip.compress(as_json_lines(rows), compresslevel=6)
        for name, data in (("gateway.csv", table), ("gateway.jsonl.gz", packed)):
            took, told = _uploaded(running, name, data)
            title = re.search(rb'id="result-title">([^<]*)', told)
            said = title[1].decode() if title else told[:200]
            print(f"upload of {name}, {len(data) / 1e6:.1f} MB: {took:.1f} s, {said}")


def main() -> None:
    if "--upload" in sys.argv:
        sys.argv.remove("--upload")
        upload()
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    made = made_rows(BLOCK)
    with tempfile.TemporaryDirectory() as folder:
        lines = _written(Path(folder), rows, "gateway.jsonl", as_json_lines(made) + b"\n")
        header, _, body = as_csv(made).partition(b"\n")
        table = _written(Path(folder), rows, "gateway.csv", body, header + b"\n")
        against = _decoded(lines)
        for path in (lines, table):
            took, computed, read, refused = _triaged(path)
            told = f"{took:.1f} s, {computed:.1f} s of processor, {computed / against:.1f} × decoding"
            print(f"{path.name}: {read:,} rows, {refused:,} refused, {told}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"peak memory of the process: {peak} MB")


if __name__ == "__main__":
    main()
