"""Static files travel compressed where the browser takes it."""

import gzip

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db  # closing an answer ends its request, which looks after connections
SCRIPT = "/static/js/countdown.js"


def body(response):
    return response.getvalue() if response.streaming else response.content


def test_a_script_is_compressed_and_unpacks_to_the_same():
    plain = Client().get(SCRIPT)
    small = Client().get(SCRIPT, headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert small.headers["Content-Encoding"] == "gzip"
    assert small.headers["Vary"] == "Accept-Encoding"
    assert int(small.headers["Content-Length"]) == len(body(small))
    assert gzip.decompress(body(small)) == body(plain)
    plain.close()


def test_a_file_that_is_not_there_stays_not_found(client):
    assert client.get("/static/js/nothing.js", headers={"Accept-Encoding": "gzip"}).status_code == 404
