"""A body is shown as what it is: indented JSON, text, or binary by size and kind; never as escapes."""

import zlib

from console.core.exchange import Exchange, Request, Response
from console.web.present.exchanges import body_view, steps_view


def exchange(body, **headers):
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Exchange(Request("GET", "https://a.example/"), Response(200, "OK", named, body), None, 0.0, 1)


def test_a_binary_body_is_named_in_the_answer_and_among_the_steps():
    answer = exchange(bytes(range(256)), Content_Type="application/octet-stream")
    view = body_view(answer)
    assert (view["raw"], view["pretty"], view["cut_notice"]) == ("binary, 256 bytes, application/octet-stream", "", "")
    (step,) = steps_view([answer])
    assert step["sections"][-1]["text"] == "binary, 256 bytes, application/octet-stream"


def test_a_body_that_is_packed_in_a_way_that_is_not_unpacked_says_so():
    view = body_view(exchange(zlib.compress(b"secret" * 50), Content_Type="text/plain", Content_Encoding="zstd, br"))
    assert view["raw"].endswith("Content-Encoding zstd, br, which is not unpacked here")


def test_json_that_would_grow_by_indentation_is_shown_as_it_came():
    body = b'{"a":' * 60 + b"[" + b"1," * 5_000 + b"1]" + b"}" * 60
    view = body_view(exchange(body, Content_Type="application/json"))
    assert (view["pretty"], view["raw"]) == ("", body.decode())
    assert view["cut_notice"] == "Shown as it came: indented it would be too large."
    assert body_view(exchange(b'{"a":1}'))["pretty"] == '{\n  "a": 1\n}'
