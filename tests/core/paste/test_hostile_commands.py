"""Pasted commands that cost more the longer they are, by more than their length."""

import time

import pytest

from console.core.diagnosis import explain
from console.core.evidence import Evidence

LENGTH = 64_000
PLENTY_S = 12  # of computing; each of these took minutes
COMMAND = "curl https://api.example/ -H 'Authorization: Bearer x' -d '"
PARTS = {"NUL": "\0", "lines": "\n", "lines of Windows": "\r\n", "braces": '{"a":', "open commands": "curl a $(\n"}


@pytest.mark.parametrize("before", ["", COMMAND], ids=["alone", "in a command"])
@pytest.mark.parametrize("part", PARTS.values(), ids=PARTS)
def test_a_repeated_part_is_read_in_good_time(part, before):
    started = time.process_time()
    explain(Evidence(pasted=f"{before}{part * (LENGTH // len(part))}'\nHTTP/1.1 401\n"))
    assert time.process_time() - started < PLENTY_S
