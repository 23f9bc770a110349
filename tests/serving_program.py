"""A server of its own process, as the tests of serving need it: `/` answers, `/held` waits until it is let go.

Usage: python -m tests.serving_program gunicorn|plain PORT [OPTION=NUMBER OR TEXT]... Says `Ready` when it serves and
`Held` when a request is held; a line on standard input lets go. `/exit` asks the process to end, `/environ` tells what
the application was given, `/process` which process answers, `/torn` sends a header that no server may send, `/big` a
long answer in one piece and `/pieces` one in many, `/busy` computes until `/calm` is asked for in the same process.
"""

import os
import sys
import threading

from console.management import gunicorn_serving, plain_serving

SERVERS = {"gunicorn": gunicorn_serving.serve, "plain": plain_serving.serve}


BIG = b"0123456789" * 300_000
CALM = threading.Event()
GIVEN = ("wsgi.url_scheme", "SCRIPT_NAME", "PATH_INFO", "HTTP_X_FORWARDED_PROTO")


def application(environ, start_response):
    extra, body = [], b"at once\n"
    match environ["PATH_INFO"]:
        case "/held":
            sys.stdout.write("Held\n")
            sys.stdout.flush()
            sys.stdin.readline()
            body = b"let go\n"
        case "/exit":
            raise SystemExit(7)
        case "/environ":
            body = "\n".join(environ.get(name, "-") for name in GIVEN).encode()
        case "/process":
            body = str(os.getpid()).encode()
        case "/big":
            body = BIG
        case "/busy" | "/calm":
            compute_until_calm(is_calm=environ["PATH_INFO"] == "/calm")
        case "/torn":
            extra = [("X-Torn", "a\r\nSet-Cookie: b=c")]
        case "/pieces":
            start_response("200 OK", [("Content-Type", "text/plain")])
            return iter([BIG] * 3)
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body))), *extra])
    return [body]


def compute_until_calm(*, is_calm):
    if is_calm:
        CALM.set()
    while not CALM.is_set():
        pass


def say_ready():
    sys.stdout.write("Ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    kind, port, *given = sys.argv[1:]
    options = {
        name: int(value) if value.isdigit() else value for name, _, value in (one.partition("=") for one in given)
    }
    SERVERS[kind](application, [f"127.0.0.1:{port}"], when_ready=say_ready, loglevel="warning", **options)
