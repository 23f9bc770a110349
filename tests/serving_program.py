"""A server of its own process, as the tests of stopping need it: `/` answers, `/held` waits until it is let go.

Usage: python -m tests.serving_program gunicorn|plain PORT. Says `Ready` when it serves and `Held` when a request is
held; a line on standard input lets go.
"""

import sys

from console.management import gunicorn_serving, plain_serving

SERVERS = {"gunicorn": gunicorn_serving.serve, "plain": plain_serving.serve}


def application(environ, start_response):
    body = b"at once\n"
    if environ["PATH_INFO"] == "/held":
        sys.stdout.write("Held\n")
        sys.stdout.flush()
        sys.stdin.readline()
        body = b"let go\n"
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def say_ready():
    sys.stdout.write("Ready\n")
    sys.stdout.flush()


if __name__ == "__main__":
    import django
    from django.conf import settings

    settings.configure()
    django.setup()
    SERVERS[sys.argv[1]](application, [f"127.0.0.1:{sys.argv[2]}"], when_ready=say_ready, loglevel="warning")
