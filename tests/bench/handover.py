"""Prints how long the hand-over reader takes for texts of awkward shapes, as a ratio to decoding JSON of the same size.

`python -m tests.bench.handover`. Linear work keeps the ratio of the doubled text near that of the single one; a square
in a regular expression shows as a ratio that doubles with it.
"""

import json
import time

from console.core.paste.handover import MAX_LENGTH, read_handover

PIECES = [*"a \t,:={[|'`-*(", '{"a":', "\\\n", "> ", "https://", "api://", "a.", "&a=b", "x*", "/oauth2"]
LABELS = ["curl '", "curl -d '\n", "client secret: ", "Scope\n", "Value\tSecret ID\n", "client id ", "(a) client id: "]


def measure(work, argument, rounds=3):
    """The best of some rounds, in seconds of CPU."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        work(argument)
        best = min(best, time.process_time() - started)
    return best


def main():
    reference = measure(json.loads, json.dumps(["f73ba7f2-5bf9-44b5-b82c-e4b191a80c41"] * (MAX_LENGTH // 40)))
    print(f"json.loads of {MAX_LENGTH} characters: {reference * 1e6:.0f} µs")
    for piece in [*PIECES, *LABELS]:
        half, whole = (
            measure(read_handover, f"Client ID: {piece * (size // len(piece))}x")
            for size in (MAX_LENGTH // 2, MAX_LENGTH)
        )
        print(f"{piece!r:20} {whole / reference:8.1f} x json.loads, doubled text {whole / max(half, 1e-9):4.1f} x")


if __name__ == "__main__":
    main()
