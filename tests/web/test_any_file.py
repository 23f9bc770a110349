"""Whatever file is chosen, by whatever name: it is answered in words, quickly, and nothing of it becomes markup."""

import gzip
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from console.core.cases.file_format import FORMAT
from tests.web.any_input import NASTY, read
from tests.web.people import owned
from tests.web.test_any_input import everything

__all__ = ["everything", "owned"]  # fixtures

pytestmark = pytest.mark.django_db

FIELDS = {"case-import": "file", "triage": "export", "case-evidence": "upload"}
HUGE = "9" * 4300
LONG = "x" * 10_000
HEAD = f'{{"format": "{FORMAT}", "version": 1, "origin": "https://there.example", "cases": '
CASE = '{"title": "T", "evidence": {}'


def cases_file(cases):
    return f"{HEAD}[{cases}]}}".encode()


FILES = {
    "nothing": b"",
    "bytes": bytes(range(256)) * 50,
    "half a character": b"status,url\n401,/\xc3",
    "UTF-16": "status,url\n401,/orders\n".encode("utf-16"),
    "UTF-16 cut": "status,url\n401,/orders\n".encode("utf-16")[:-1],
    "gzip of nothing": gzip.compress(b""),
    "gzip cut": gzip.compress(b"status,url\n401,/orders\n" * 1000)[:-20],
    "gzip in gzip": gzip.compress(gzip.compress(b"status\n401\n")),
    "gzip and more": gzip.compress(b"status,url\n401,/a\n") + gzip.compress(b"401,/b\n") + b"rest",
    "a bomb": gzip.compress(b"401 /orders\\n" * 3_000_000, compresslevel=1),
    "an endless line": b"401 " + b"a" * 3_000_000,
    "a long field": b'status,message\n401,"' + b"m" * 3_000_000 + b'"\n',
    "an open quote": b'status,message\n401,"never closed\n401,b\n',
    "a deep document": b"[" * 100_000,
    "deep objects": b'{"a":' * 5000 + b"1" + b"}" * 5000,
    "a huge number": f'{{"version": {HUGE}, "format": "{FORMAT}"}}'.encode(),
    "a huger number": f'{{"version": {HUGE}9999, "format": "{FORMAT}"}}'.encode(),
    "a huge status": f'[{{"status": {HUGE}}}, {{"status": 401, "url": "/a"}}]'.encode(),
    "a huge time": f'[{{"status": 401, "time": {HUGE}, "url": "/a"}}]'.encode(),
    "huge numbers in a case": cases_file(
        f'{CASE}, "number": {HUGE}, "created_at": {HUGE}, "conversation": [{{"at": {HUGE}}}]}}'
    ),
    "huger numbers in a case": cases_file(f'{CASE}, "number": {HUGE}99, "created_at": -{HUGE}99}}'),
    "a case of wrong types": cases_file(f'{{"title": 1}}, 7, null, [], {{"evidence": "{LONG}"}}, {{"{LONG}": 1}}'),
    "a case of long words": cases_file(
        f'{CASE}, "state": "{LONG}", "cause": "{LONG}", "owner": "{LONG}", "api": "{LONG}"}}'
    ),
    "a title of lines": cases_file(r'{"title": "a\r\nBcc: x@evil.example\r\n\r\nb", "evidence": {}}'),
    "not a number": cases_file('{"title": "T", "evidence": {"now": NaN, "http_status": Infinity}}'),
    "the same key twice": b'{"status": 401, "status": 200, "url": "/a"}\n' * 20,
    "headers of lines": ("status," + ",".join(f"c{n}" for n in range(5000)) + "\n401\n").encode(),
    "a header that is long": f"status,{LONG}\n401,1\n".encode(),
    "markup": b'status,url,api\n401,"<script>alert(1)</script>",""><img src=x onerror=alert(1)>"\n',
    "many rows of one": b"status,url\n" + b"401,/orders\n" * 20_000,
    **{f"nasty {number}": json.dumps({"status": 401, "url": text}).encode() for number, text in enumerate(NASTY[:24])},
}


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("what", FILES)
def test_any_file_is_answered_in_words(everything, name, what):
    _, client, addresses = everything
    answer = client.post(addresses[name], {FIELDS[name]: SimpleUploadedFile("a.json", FILES[what])})
    assert answer.status_code < 500, what
    page = read(answer.content.decode())
    assert page.problems == [], what
    assert len(page.text) < (600_000 if name == "case-evidence" else 60_000), what
    for echoed in ("9" * 100, "x" * 400):  # the other two show a piece of the file, and say what it is
        assert name != "case-import" or echoed not in page.text, what
    cases = client.get("/cases/")
    assert (cases.status_code, read(cases.content.decode()).problems) == (200, [])


@pytest.mark.parametrize("name", FIELDS)
def test_a_file_may_be_called_anything(everything, name):
    _, client, addresses = everything
    for called in (*NASTY[4:30], "x" * 5000, "client_secret=Xyz8Q~0123456789abcdefghijklmnopqrstuvwx.json"):
        upload = SimpleUploadedFile("a.csv", b"status,url\n401,/orders\n")
        upload._name = called
        answer = client.post(addresses[name], {FIELDS[name]: upload})
        assert answer.status_code < 500, called
        page = read(answer.content.decode())
        assert page.problems == [], called
        assert "x" * 400 not in page.text and "Xyz8Q" not in page.text
